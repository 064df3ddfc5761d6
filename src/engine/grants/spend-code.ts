import type { AuthorizationCode } from '../../store/store.ts'
import type { Shape } from '../../vocabulary/answer.ts'
import { makeTokens } from '../issue.ts'
import { succeed } from '../token-answer.ts'
import type { TokenAttempt } from '../token-attempt.ts'
import type { Outcome, Visit } from '../visit.ts'

/**
 * Exchanges a code for the first tokens of its grant. Nothing when it is no longer live: the store lets one caller win,
 * however many race.
 */
export async function spendCode(
  visit: Visit,
  attempt: TokenAttempt,
  code: AuthorizationCode | undefined,
  answer: Shape,
): Promise<Outcome | undefined> {
  const { world, environment, now, exchange } = visit
  const { client, authorization: grant, test } = attempt
  if (!code || !client || !grant) return undefined
  const withRefreshToken = client.grantTypes.includes('refresh_token')
  const tokens = makeTokens({
    orders: visit.orders && (await visit.orders()),
    world,
    environment,
    grant,
    client,
    now,
    exchange,
    from: code.value,
    withRefreshToken,
    test,
  })
  const isWinner = await world.store.spendCode(code.value, tokens, { at: now, request: exchange })
  return isWinner ? succeed(visit, attempt, answer, { grant, ...tokens }) : undefined
}
