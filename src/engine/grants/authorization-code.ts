import { codeIsLive } from '../checks/code.ts'
import { refuseToken } from '../token-answer.ts'
import type { TokenAttempt } from '../token-attempt.ts'
import type { Outcome, Visit } from '../visit.ts'
import { spendCode } from './spend-code.ts'

const unknown = { kind: 'code_unknown', parameter: 'code' } as const

/** Exchanges a code that passed every check. */
export async function redeemCode(visit: Visit, attempt: TokenAttempt): Promise<Outcome> {
  const { world, environment } = visit
  const { code } = attempt
  const won = await spendCode(visit, attempt, code, environment.rules.token.exchange.answer)
  if (won) return won
  const late = { ...attempt, code: code && (await world.store.findCode(code.value)) }
  return refuseToken(visit, codeIsLive(late) ?? unknown, attempt)
}
