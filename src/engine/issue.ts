import type { AccessToken, Client, Grant, RefreshToken, TokenSet } from '../store/store.ts'
import { fill, type Shape } from '../vocabulary/answer.ts'
import type { Milliseconds } from '../vocabulary/duration.ts'
import type { Environment } from '../vocabulary/environment.ts'
import type { Json } from '../vocabulary/json.ts'
import { scopesOf } from '../vocabulary/scope.ts'
import type { World } from '../world/world.ts'
import { ownOf, usersOwnOf } from './writing.ts'

/** What new tokens are made for. */
export interface IssueOrder {
  readonly world: World
  readonly environment: Environment
  readonly grant: Grant
  readonly client: Client
  readonly now: number
  /** The id of the journal entry, when a request asked for the tokens. */
  readonly exchange?: string | undefined
  readonly withRefreshToken: boolean
  /** Narrower than what was granted, joined by spaces. */
  readonly scope?: string | undefined
  /** For the test mode. */
  readonly test?: boolean | undefined
  /** When the refresh token ends, where it inherits that. */
  readonly refreshExpiresAt?: number | undefined
  readonly accessTokenLifetime?: Milliseconds | undefined
}

/** Makes fresh tokens as the environment forms them. Nothing is stored yet. */
export function makeTokens(order: IssueOrder): TokenSet {
  const { world, environment, grant, client, now, exchange } = order
  const { token, refresh } = environment.rules
  const ingredients = {
    chance: world.chance.tokens,
    now,
    clientId: client.id,
    userId: grant.userId ?? client.ownerId,
    test: order.test ?? false,
  }
  const { key } = environment
  const test = order.test ? true : undefined
  const accessToken: AccessToken = {
    value: token.accessToken.value.make(ingredients),
    environment: key,
    clientId: client.id,
    grantId: grant.id,
    issuedAt: now,
    expiresAt: now + (order.accessTokenLifetime ?? token.accessToken.lifetime),
    scope: order.scope ?? grant.scope,
    issuedBy: exchange,
    test,
  }
  const { onlyWithScope } = refresh?.token ?? {}
  const isMissing = onlyWithScope !== undefined && !scopesOf(grant.scope).includes(onlyWithScope)
  if (!refresh || !order.withRefreshToken || isMissing) return { accessToken }
  const refreshToken: RefreshToken = {
    value: refresh.token.value.make(ingredients),
    environment: key,
    clientId: client.id,
    grantId: grant.id,
    issuedAt: now,
    expiresAt: order.refreshExpiresAt ?? now + refresh.token.lifetime,
    accessToken: accessToken.value,
    issuedBy: exchange,
    test,
  }
  return { accessToken, refreshToken }
}

/** What an answer is about. */
export interface Answered {
  readonly grant: Grant
  readonly client: Client | undefined
  readonly now: number
  readonly accessToken?: AccessToken
  readonly refreshToken?: { readonly value: string } | undefined
  readonly idToken?: string | undefined
}

/** Writes an answer about a grant and, perhaps, its tokens. */
export async function writeAnswer(world: World, shape: Shape, about: Answered): Promise<Record<string, Json>> {
  const { grant, client, now, accessToken, refreshToken, idToken } = about
  const user = grant.userId === undefined ? undefined : await world.store.findUser(grant.userId)
  return fill(shape, {
    now,
    clientId: grant.clientId,
    scope: accessToken?.scope ?? grant.scope,
    user,
    accessToken,
    refreshToken,
    idToken,
    ownerId: client?.ownerId,
    test: accessToken?.test,
    own: ownOf(world, grant),
    ofUser: usersOwnOf(world, grant),
  })
}
