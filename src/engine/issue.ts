import type { AccessToken, Client, Grant, RefreshToken, TokenSet } from '../store/store.ts'
import type { Milliseconds } from '../vocabulary/duration.ts'
import type { Environment } from '../vocabulary/environment.ts'
import { scopesOf } from '../vocabulary/scope.ts'
import type { World } from '../world/world.ts'
import { drawn, type FaultOrder, orderedEnd, orderedValue } from './orders.ts'

/** What new tokens are made for. */
export interface IssueOrder {
  readonly world: World
  readonly environment: Environment
  readonly grant: Grant
  readonly client: Client
  readonly now: number
  /** The id of the journal entry, when a request asked for the tokens. */
  readonly exchange?: string | undefined
  /** The value of the code or refresh token that they are issued for. */
  readonly from?: string | undefined
  readonly withRefreshToken: boolean
  /** Narrower than what was granted, joined by spaces. */
  readonly scope?: string | undefined
  /** For the test mode. */
  readonly test?: boolean | undefined
  /** When the refresh token ends, where it inherits that. */
  readonly refreshExpiresAt?: number | undefined
  readonly accessTokenLifetime?: Milliseconds | undefined
  /** What faults want otherwise. */
  readonly orders?: readonly FaultOrder[] | undefined
}

/** Makes fresh tokens as the environment forms them. Nothing is stored yet. */
export function makeTokens(order: IssueOrder): TokenSet {
  const { world, environment, grant, client, now, exchange, from, orders } = order
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
  const usualEnd = now + (order.accessTokenLifetime ?? token.accessToken.lifetime)
  const expiresAt = orderedEnd(orders, 'accessToken', usualEnd)
  const accessToken: AccessToken = {
    value: orderedValue(
      orders,
      'accessToken',
      drawn(world, () => token.accessToken.value.make(ingredients)),
    ),
    environment: key,
    clientId: client.id,
    grantId: grant.id,
    issuedAt: now,
    expiresAt,
    toldEnd: expiresAt === usualEnd ? undefined : usualEnd,
    scope: order.scope ?? grant.scope,
    issuedBy: exchange,
    from,
    test,
  }
  const { onlyWithScope } = refresh?.token ?? {}
  const isMissing = onlyWithScope !== undefined && !scopesOf(grant.scope).includes(onlyWithScope)
  if (!refresh || !order.withRefreshToken || isMissing) return { accessToken }
  const refreshToken: RefreshToken = {
    value: orderedValue(
      orders,
      'refreshToken',
      drawn(world, () => refresh.token.value.make(ingredients)),
    ),
    environment: key,
    clientId: client.id,
    grantId: grant.id,
    issuedAt: now,
    expiresAt: orderedEnd(orders, 'refreshToken', order.refreshExpiresAt ?? now + refresh.token.lifetime),
    accessToken: accessToken.value,
    issuedBy: exchange,
    from,
    test,
  }
  return { accessToken, refreshToken }
}
