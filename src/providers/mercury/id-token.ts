import {
  freshValue,
  ownUuid,
  theAccessTokenHash,
  theClientIdAlone,
  theIdTokenEnd,
  theIssuer,
  theNonce,
  theSignInTime,
  theTime,
  theTimeOfAsking,
  theUserId,
  uuid,
} from '../../define.ts'

/** The claims of Ory Hydra's ID tokens, in alphabetical order. */
export const idTokenClaims = {
  at_hash: theAccessTokenHash,
  aud: theClientIdAlone,
  auth_time: theSignInTime,
  exp: theIdTokenEnd,
  iat: theTime,
  iss: theIssuer,
  jti: freshValue(uuid),
  nonce: theNonce,
  rat: theTimeOfAsking,
  sid: ownUuid('session', ''),
  sub: theUserId,
}
