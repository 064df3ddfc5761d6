import {
  assumed,
  hours,
  ifGranted,
  standard as laidDown,
  type OpenIdRules,
  theAccessTokenHash,
  theClientId,
  theIdTokenEnd,
  theIssuer,
  theNonce,
  theSignInTime,
  theTime,
  theUserEmail,
  theUserId,
  theUserName,
} from '../../define.ts'
import { standardBearerErrors } from './bearer-errors.ts'
import { metadata } from './metadata.ts'

/** OpenID Connect, in the order of Discovery §3. */
export const openid = {
  scope: 'openid',
  configuration: laidDown(
    'GET https://standard.example/.well-known/openid-configuration',
    'OpenID Connect Discovery §4',
  ),
  alsoAt: laidDown(['GET https://standard.example/.well-known/oauth-authorization-server'], 'RFC 8414 §3'),
  keys: assumed('GET https://standard.example/jwks', { because: 'a path that many servers have' }),
  algorithms: laidDown(
    ['RS256', 'ES256', 'EdDSA'],
    'OpenID Connect Discovery §3: RS256 at least; RFC 7518 §3.1, RFC 8037',
  ),
  claims: laidDown(
    {
      iss: theIssuer,
      sub: theUserId,
      aud: theClientId,
      exp: theIdTokenEnd,
      iat: theTime,
      auth_time: theSignInTime,
      nonce: theNonce,
      at_hash: theAccessTokenHash,
    },
    'OpenID Connect Core §2, §3.1.3.6',
  ),
  userInfo: {
    at: assumed('GET https://standard.example/userinfo', { because: 'a path that many servers have' }),
    alsoAt: laidDown(['POST https://standard.example/userinfo'], 'OpenID Connect Core §5.3.1'),
    scope: laidDown('openid', 'OpenID Connect Core §5.3'),
    answer: laidDown(
      {
        sub: theUserId,
        name: ifGranted('profile', theUserName),
        email: ifGranted('email', theUserEmail),
        email_verified: ifGranted('email', true),
      },
      'OpenID Connect Core §5.1, §5.4',
    ),
    errors: laidDown(standardBearerErrors, 'OpenID Connect Core §5.3.3'),
  },
  lifetime: assumed(hours(1), { because: 'OpenID Connect Core §2 leaves it open' }),
  logout: { at: assumed('GET https://standard.example/logout', { because: 'a path that many servers have' }) },
  metadata: laidDown(
    metadata,
    'OpenID Connect Discovery §3; RFC 8414 §2; RFC 9126 §5; Initiating User Registration via OpenID Connect §4.2',
  ),
} as const satisfies OpenIdRules
