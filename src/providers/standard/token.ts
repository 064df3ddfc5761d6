import {
  assumed,
  type ClientCredentialsRules,
  exactly,
  type Graded,
  hours,
  standard as laidDown,
  optional,
  required,
  sameRedirectUri,
  secondsLeft,
  type TokenRules,
  theAccessToken,
  theScope,
} from '../../define.ts'
import { standardTokenErrors } from './token-errors.ts'
import { opaque, tokens } from './tokens.ts'

/** The token endpoint (RFC 6749 §3.2). */
export const token: TokenRules = {
  at: assumed('POST https://standard.example/token', { because: 'a path that many servers have' }),
  body: [laidDown('form', 'RFC 6749 §3.2')],
  readsQuery: laidDown(false, 'RFC 6749 §2.3.1'),
  client: [
    laidDown('basic', 'RFC 6749 §2.3.1'),
    laidDown('body', 'RFC 6749 §2.3.1'),
    laidDown('privateKeyJwt', 'RFC 7523 §2.2; OpenID Connect Core §9'),
    laidDown('idInBody', 'RFC 6749 §3.2.1'),
  ],
  severalAuthentications: laidDown('refused', 'RFC 6749 §2.3'),
  accessToken: {
    value: opaque('RFC 6749 §1.4 leaves its form open'),
    lifetime: assumed(hours(1), { because: 'the example of RFC 6749 §4.2.2' }),
  },
  exchange: {
    parameters: {
      grant_type: laidDown(exactly('authorization_code'), 'RFC 6749 §4.1.3'),
      code: laidDown(required, 'RFC 6749 §4.1.3'),
      redirect_uri: laidDown(sameRedirectUri, 'RFC 6749 §4.1.3'),
      code_verifier: laidDown(required, 'RFC 7636 §4.5'),
    },
    answer: laidDown(tokens, 'RFC 6749 §5.1; OpenID Connect Core §3.1.3.3'),
  },
  headers: laidDown({ 'cache-control': 'no-store', pragma: 'no-cache' }, 'RFC 6749 §5.1'),
  errors: laidDown(standardTokenErrors, 'RFC 6749 §5.2; RFC 9110 §15.5.2'),
}

/** Tokens for the client itself (RFC 6749 §4.4). */
export const clientCredentials: Graded<ClientCredentialsRules> = laidDown(
  {
    parameters: {
      grant_type: laidDown(exactly('client_credentials'), 'RFC 6749 §4.4.2'),
      scope: laidDown(optional, 'RFC 6749 §4.4.2'),
    },
    answer: {
      access_token: theAccessToken,
      token_type: 'Bearer',
      expires_in: secondsLeft,
      scope: theScope,
    },
  },
  'RFC 6749 §4.4',
)
