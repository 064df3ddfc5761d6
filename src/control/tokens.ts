import { connect } from '../engine/connection.ts'
import { newGrantId } from '../engine/grant.ts'
import { idTokenFor } from '../engine/id-token.ts'
import { makeTokens } from '../engine/issue.ts'
import { writeAnswer } from '../engine/writing.ts'
import type { Grant } from '../store/store.ts'
import { duration, never } from '../vocabulary/duration.ts'
import type { Json } from '../vocabulary/json.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'
import { scopesOf } from '../vocabulary/scope.ts'
import type { World } from '../world/world.ts'
import type { Addresses } from './addresses.ts'
import { findClient } from './clients.ts'
import { environmentOf } from './environments.ts'
import { findUser } from './users.ts'

/** For whom to mint; what is left out is the default client, the first person, the client's scopes, the provider's lifetime. */
export interface MintInput {
  provider?: string
  client?: string
  /** An id or e-mail address. */
  user?: string
  /** Joined by spaces. */
  scope?: string
  /** `3601s`, `61m`, `PT61M`. */
  accessTokenLifetime?: string
}

/** A token pair made without a browser. */
export interface Minted {
  readonly grant: Grant
  readonly accessToken: string
  readonly refreshToken?: string
  /** ISO 8601, world time; left out when the access token has no end. */
  readonly expiresAt?: string
  /** What the token endpoint would have answered. */
  readonly answer: Json
}

/**
 * Mints a token pair that the provider honours like any other.
 * @throws {MockOAuthError} `unknown_provider`, `unknown_client`, `unknown_user`, `invalid_scope`, `invalid_duration`
 */
export async function mintTokens(world: World, addresses: Addresses, input: MintInput): Promise<Minted> {
  const environment = environmentOf(world, input.provider)
  const address = addresses.of(environment)
  const client = await findClient(world, input.client, environment.key)
  const user = await findUser(world, input.user)
  const scope = input.scope ?? client.scopes.join(' ')
  const foreign = scopesOf(scope).find((one) => !client.scopes.includes(one))
  if (foreign !== undefined) {
    throw new MockOAuthError(
      'invalid_scope',
      `The client is not registered with "${foreign}". It has: ${client.scopes.join(' ')}.`,
    )
  }
  const accessTokenLifetime = input.accessTokenLifetime === undefined ? undefined : duration(input.accessTokenLifetime)
  const now = world.clock.now()
  const grant: Grant = {
    id: newGrantId(world),
    environment: environment.key,
    clientId: client.id,
    userId: user.id,
    scope,
    scopeAsked: scope,
    type: 'minted',
    startedAt: now,
  }
  const withRefreshToken = client.grantTypes.includes('refresh_token')
  const tokens = makeTokens({
    world,
    environment,
    grant,
    client,
    now,
    withRefreshToken,
    accessTokenLifetime,
  })
  // One that is gone by now is refused as one that never was.
  if (!(await connect(world, grant, { tokens }))) await findClient(world, client.id, environment.key)
  const { accessToken, refreshToken } = tokens
  const idToken = await idTokenFor({ world, environment, address, now }, { grant, client, accessToken })
  const about = { grant, client, now, accessToken, refreshToken, idToken }
  return {
    grant,
    accessToken: accessToken.value,
    ...(refreshToken ? { refreshToken: refreshToken.value } : {}),
    ...(accessToken.expiresAt === never ? {} : { expiresAt: new Date(accessToken.expiresAt).toISOString() }),
    answer: await writeAnswer(world, environment.rules.token.exchange.answer, about),
  }
}
