import { assumed, base64url, secondsLeft, theAccessToken, theIdToken, theRefreshToken, theScope } from '../../define.ts'

/** A secret value without a form of its own. */
export const opaque = (because: string) => assumed(base64url(43), { because: `${because}; 256 random bits` })

/** The members of RFC 6749 §5.1, and the ID token beside them. */
export const tokens = {
  access_token: theAccessToken,
  token_type: 'Bearer',
  expires_in: secondsLeft,
  refresh_token: theRefreshToken,
  scope: theScope,
  id_token: theIdToken,
}
