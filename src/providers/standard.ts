import {
  assumed,
  base64url,
  charactersOf,
  days,
  defineProvider,
  exactly,
  joined,
  standard as laidDown,
  minutes,
  optional,
  optionalScopeWithinGranted,
  required,
  rfc6749AuthorizeTrouble,
  theClientId,
  theCode,
  theIssuer,
  theScope,
  theState,
  theUserId,
  unsupported,
} from '../define.ts'
import { standardAuthorizeErrors } from './standard/authorize-errors.ts'
import { standardBearerErrors } from './standard/bearer-errors.ts'
import { device } from './standard/device.ts'
import { openid } from './standard/openid.ts'
import { standardRevokeErrors } from './standard/revoke-errors.ts'
import { clientCredentials, token } from './standard/token.ts'
import { opaque, tokens } from './standard/tokens.ts'

/** OAuth 2.0 and OpenID Connect as their documents lay them down, strict as RFC 9700 wants it; in the order of RFC 6749. */
export const standard = defineProvider({
  id: 'standard',
  name: 'Standard',
  docs: 'https://www.rfc-editor.org/rfc/rfc6749',

  // Client Registration
  client: {
    id: assumed(charactersOf('abcdefghijklmnopqrstuvwxyz0123456789', 20), {
      because: 'RFC 6749 §2.2 leaves its size open',
    }),
    secret: opaque('RFC 6749 §10.10 wants it hard to guess'),
    registration: laidDown('Register over the control API, with the metadata of RFC 7591.', 'RFC 6749 §2; RFC 7591 §2'),
    defaultScopes: assumed(['openid', 'profile', 'email', 'offline_access'], { because: 'what most clients ask for' }),
    publicClients: laidDown(true, 'RFC 6749 §2.1'),
    firstPartySkipsConsent: assumed(false, {
      because: 'OpenID Connect Core §3.1.2.4 wants a decision, and leaves open how it is obtained',
    }),
    defaultGrantTypes: assumed(
      ['authorization_code', 'refresh_token', 'client_credentials', 'urn:ietf:params:oauth:grant-type:device_code'],
      { because: 'a test wants to try each; RFC 7591 §2 registers authorization_code alone' },
    ),
  },
  scopes: {
    openid: laidDown('Know who you are', 'OpenID Connect Core §3.1.2.1; our words'),
    profile: laidDown('See your name', 'OpenID Connect Core §5.4; our words'),
    email: laidDown('See your e-mail address', 'OpenID Connect Core §5.4; our words'),
    offline_access: laidDown('Stay connected while you are away', 'OpenID Connect Core §11; our words'),
    api: assumed('Use the API on your behalf', { because: 'a scope of an API, so that there is one' }),
  },

  // Authorization Endpoint
  authorize: {
    at: assumed('GET https://standard.example/authorize', { because: 'a path that many servers have' }),
    alsoAt: laidDown(['POST https://standard.example/authorize'], 'OpenID Connect Core §3.1.2.1'),
    parameters: {
      response_type: laidDown(
        exactly('code'),
        'RFC 6749 §4.1.1; RFC 9700 §2.1.2: no tokens from the authorization endpoint',
      ),
      client_id: laidDown(required, 'RFC 6749 §4.1.1'),
      redirect_uri: laidDown(required, 'OpenID Connect Core §3.1.2.1'),
      scope: laidDown(optional, 'RFC 6749 §4.1.1'),
      state: laidDown(optional, 'RFC 6749 §4.1.1; PKCE protects as well: RFC 9700 §2.1'),
      code_challenge: laidDown(required, 'RFC 7636 §4.3; RFC 9700 §2.1.1'),
      code_challenge_method: laidDown(
        required,
        'RFC 7636 §4.3; RFC 9700 §2.1.1: a challenge that does not expose its verifier',
      ),
      response_mode: laidDown(optional, 'OAuth 2.0 Multiple Response Types §2.1'),
      nonce: laidDown(optional, 'OpenID Connect Core §3.1.2.1'),
      prompt: laidDown(optional, 'OpenID Connect Core §3.1.2.1'),
      max_age: laidDown(optional, 'OpenID Connect Core §3.1.2.1'),
      login_hint: laidDown(optional, 'OpenID Connect Core §3.1.2.1'),
      id_token_hint: laidDown(optional, 'OpenID Connect Core §3.1.2.1'),
      request: laidDown(unsupported, 'OpenID Connect Core §3.1.2.6'),
      registration: laidDown(unsupported, 'OpenID Connect Core §3.1.2.6'),
    },
    withoutRedirectUri: laidDown('refused', 'OpenID Connect Core §3.1.2.1'),
    loopbackPorts: laidDown('any', 'RFC 8252 §7.3; RFC 9700 §2.1'),
    challengeMethods: laidDown(['S256'], 'RFC 9700 §2.1.1'),
    pkce: laidDown('required', 'RFC 9700 §2.1.1, for clients with a secret too: recommended'),
    responseModes: laidDown(['query', 'form_post'], 'OAuth 2.0 Multiple Response Types §2.1; Form Post Response Mode'),
    silentConsent: assumed('whileConnected', {
      because: 'OpenID Connect Core §3.1.2.1 lets prompt=none succeed where consent was given before',
      as: 'silent-consent',
      otherwise: { never: 'never' },
    }),
    code: {
      value: opaque('RFC 6749 §10.10 wants it hard to guess'),
      lifetime: assumed(minutes(1), { because: 'RFC 6749 §4.1.2 wants it short, ten minutes at most' }),
      replay: laidDown('familyRevoked', 'RFC 6749 §4.1.2: tokens of a code that comes again should be revoked'),
    },
    redirectStatus: laidDown(303, 'RFC 9700 §4.12'),
    callback: {
      code: laidDown(theCode, 'RFC 6749 §4.1.2'),
      state: laidDown(theState, 'RFC 6749 §4.1.2'),
      iss: laidDown(theIssuer, 'RFC 9207 §2'),
    },
    errors: laidDown(standardAuthorizeErrors, 'RFC 6749 §4.1.2.1; RFC 9207 §2'),
    errorRows: { trouble: laidDown(rfc6749AuthorizeTrouble, 'RFC 6749 §4.1.2.1') },
  },
  pushedRequests: {
    at: assumed('POST https://standard.example/par', { because: 'a path that many servers have' }),
    uri: assumed(joined('urn:ietf:params:oauth:request_uri:', base64url(43)), {
      because: 'RFC 9126 §2.2 offers this form, and leaves it open',
    }),
    lifetime: assumed(minutes(10), {
      because: 'RFC 9126 §2.2 leaves it open, up to 600 seconds; a person signs in meanwhile',
    }),
  },

  // Token Endpoint
  token,
  clientCredentials,

  // Refreshing an Access Token
  refresh: {
    token: {
      value: opaque('RFC 6749 §10.10 wants it hard to guess'),
      lifetime: assumed(days(30), { because: 'RFC 9700 §4.14.2 wants one that is idle to end' }),
      rotation: laidDown('singleUse+familyRevoked', 'RFC 9700 §4.14.2'),
      renewedLifetime: assumed('whole', { because: 'it ends when it is idle for its life' }),
      oldAccessToken: assumed('lives', {
        because: 'RFC 6749 §6 does not end it',
        as: 'old-access-token',
        otherwise: { dies: 'dies' },
      }),
      onlyWithScope: assumed('offline_access', {
        because: 'OpenID Connect Core §11 brings one for this scope, and leaves it open whether others do',
      }),
    },
    parameters: {
      grant_type: laidDown(exactly('refresh_token'), 'RFC 6749 §6'),
      refresh_token: laidDown(required, 'RFC 6749 §6'),
      scope: laidDown(optionalScopeWithinGranted, 'RFC 6749 §6'),
    },
    answer: laidDown(tokens, 'RFC 6749 §6; OpenID Connect Core §12.2'),
  },
  device,

  // Accessing Protected Resources
  api: {
    resources: [
      {
        at: assumed('GET https://standard.example/api/me', { because: 'a resource, so that there is one' }),
        answer: assumed(
          { sub: theUserId, client_id: theClientId, scope: theScope },
          { because: 'what a token can tell' },
        ),
      },
      {
        at: assumed('GET https://standard.example/api/notes', { because: 'a resource that wants a scope' }),
        scope: assumed('api', { because: 'a resource that wants a scope' }),
        answer: assumed({ notes: [] }, { because: 'nothing is stored' }),
      },
    ],
    errors: laidDown(standardBearerErrors, 'RFC 6750 §3'),
    unknown: assumed({ status: 404, body: { error: 'not_found' } }, { because: 'no document says' }),
  },

  // OpenID Connect
  openid: laidDown(openid, 'OpenID Connect Core; OpenID Connect Discovery'),
  signIn: assumed(
    {
      at: 'GET https://standard.example/login',
      carries: { returnTo: 'return_to' },
      fields: { email: 'email', password: 'password', token: 'csrf_token' },
      failure: 'Email or password is incorrect',
    },
    { because: 'RFC 6749 §3.1 leaves it open how a person signs in' },
  ),
  revoke: laidDown(
    {
      at: assumed('POST https://standard.example/revoke', { because: 'a path that many servers have' }),
      by: { parameter: 'token' },
      ends: assumed('accessToken', {
        because: 'RFC 7009 §2.1 leaves it open whether a refresh token ends with its access token',
      }),
      deadToken: laidDown('answered', 'RFC 7009 §2.2'),
      foreignToken: laidDown('refused', 'RFC 7009 §2.1'),
      answer: { status: 200 },
      errors: laidDown(standardRevokeErrors, 'RFC 7009 §2.2.1; RFC 6749 §5.2'),
    },
    'RFC 7009',
  ),
  introspect: {
    at: assumed('POST https://standard.example/introspect', { because: 'the path of the example in RFC 7662 §2.1' }),
  },
  crossOrigin: assumed('allowed', {
    because: 'RFC 9700 §2.6 allows it for clients in a browser, the authorization endpoint aside',
  }),
})
