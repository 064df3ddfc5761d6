import * as base64url from 'jose/base64url'
import type { AccessToken, Client, Grant } from '../store/store.ts'
import { fill } from '../vocabulary/answer.ts'
import type { SigningAlgorithm } from '../vocabulary/openid.ts'
import { scopesOf } from '../vocabulary/scope.ts'
import { issuerOf } from './issuer.ts'
import { sign } from './signing-key.ts'
import type { Visit } from './visit.ts'
import { ownOf, usersOwnOf } from './writing.ts'

/** Where and when an ID token is made. */
type Place = Pick<Visit, 'world' | 'environment' | 'address' | 'now'>

/** What an ID token tells of. */
interface About {
  readonly grant: Grant
  readonly client: Client | undefined
  readonly accessToken: AccessToken
  /** As the authorization request sent it. */
  readonly nonce?: string | undefined
}

/** The ID token that comes with an access token (OpenID Connect Core §2), where its scope asks for one. */
export async function idTokenFor(
  place: Place,
  { grant, client, accessToken, nonce }: About,
): Promise<string | undefined> {
  const { world, environment, now } = place
  const { openid } = environment.rules
  if (!openid || grant.userId === undefined || !scopesOf(accessToken.scope).includes(openid.scope)) return undefined
  const algorithm = client?.idTokenAlgorithm ?? openid.algorithms[0] ?? 'RS256'
  const claims = fill(openid.claims, {
    now,
    clientId: grant.clientId,
    scope: accessToken.scope,
    user: await world.store.findUser(grant.userId),
    issuer: issuerOf(place, openid),
    own: ownOf(world, grant),
    ofUser: usersOwnOf(world, grant),
    idTokenFacts: {
      expiresAt: now + openid.lifetime,
      signedInAt: grant.signedInAt ?? grant.startedAt,
      askedAt: grant.startedAt,
      nonce,
      accessTokenHash: await halfHash(accessToken.value, algorithm),
      fresh: world.chance.tokens,
    },
  })
  return sign(world, environment, algorithm, claims)
}

/** The left half of a token's hash, by the hash of the signature (OpenID Connect Core §3.1.3.6; Ed25519 hashes by SHA-512). */
async function halfHash(token: string, algorithm: SigningAlgorithm): Promise<string> {
  const name = algorithm === 'EdDSA' ? 'SHA-512' : 'SHA-256'
  const hash = await crypto.subtle.digest(name, new TextEncoder().encode(token))
  return base64url.encode(new Uint8Array(hash, 0, hash.byteLength / 2))
}
