import * as base64url from 'jose/base64url'
import type { AccessToken, Grant } from '../store/store.ts'
import { uuid } from '../vocabulary/format.ts'
import { scopesOf } from '../vocabulary/scope.ts'
import { issuerOf } from './discovery.ts'
import { signingKeyOf } from './signing-key.ts'
import type { Visit } from './visit.ts'
import { ownOf } from './writing.ts'

/** Where and when an ID token is made. */
type Place = Pick<Visit, 'world' | 'environment' | 'address' | 'now'>

/** What an ID token tells of. */
interface About {
  readonly grant: Grant
  readonly accessToken: AccessToken
  /** As the authorization request sent it. */
  readonly nonce?: string | undefined
}

/** The ID token that comes with an access token (OpenID Connect Core §2), where its scope asks for one. */
export async function idTokenFor(place: Place, { grant, accessToken, nonce }: About): Promise<string | undefined> {
  const { openid } = place.environment.rules
  if (!openid || grant.userId === undefined || !scopesOf(accessToken.scope).includes(openid.scope)) return undefined
  const { world, environment, now } = place
  const asked = Math.floor(grant.startedAt / 1000)
  const claims = {
    at_hash: await halfHash(accessToken.value),
    aud: [grant.clientId],
    auth_time: asked,
    exp: Math.floor((now + openid.lifetime) / 1000),
    iat: Math.floor(now / 1000),
    iss: issuerOf(place, openid),
    jti: uuid.make({ chance: world.chance.tokens, now }),
    ...(nonce === undefined ? {} : { nonce }),
    rat: asked,
    sid: uuid.make({ chance: ownOf(world, grant)('session'), now }),
    sub: grant.userId,
  }
  // Loaded when the first one is due: most worlds never sign.
  const { SignJWT } = await import('jose/jwt/sign')
  const { whole } = signingKeyOf(world, environment)
  return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: whole.kid, typ: 'JWT' }).sign(whole)
}

/** The left half of a token's SHA-256 (OpenID Connect Core §3.1.3.6). */
async function halfHash(token: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token))
  return base64url.encode(new Uint8Array(hash, 0, 16))
}
