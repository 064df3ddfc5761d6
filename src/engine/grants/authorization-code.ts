import { codeIsLive } from '../checks/code.ts'
import { makeTokens } from '../issue.ts'
import { refuseToken, succeed } from '../token-answer.ts'
import type { TokenAttempt } from '../token-attempt.ts'
import type { Outcome, Visit } from '../visit.ts'

const unknown = { kind: 'code_unknown', parameter: 'code' } as const

/** Exchanges a code that passed every check. The store lets one caller win, however many race. */
export async function redeemCode(visit: Visit, attempt: TokenAttempt): Promise<Outcome> {
  const { world, environment, now, exchange } = visit
  const { code, client, authorization: grant } = attempt
  if (!code || !client || !grant) return refuseToken(visit, unknown, attempt)
  const withRefreshToken = client.grantTypes.includes('refresh_token')
  const tokens = makeTokens({ world, environment, grant, client, now, exchange, withRefreshToken, test: attempt.test })
  if (!(await world.store.spendCode(code.value, tokens, { at: now, request: exchange }))) {
    const late = { ...attempt, code: await world.store.findCode(code.value) }
    return refuseToken(visit, codeIsLive(late) ?? unknown, attempt)
  }
  return succeed(visit, attempt, environment.rules.token.exchange.answer, { grant, ...tokens })
}
