import { type Evidence, type Finding, saw } from '../../src/contract/evidence.ts'
import type { CallbackAnswer } from '../../src/contract/protocol/messages.ts'
import { codeExchanges, outcomes, stepsOf, under } from '../../src/contract/reading.ts'

type Outcome = CallbackAnswer['outcome']

/** What a client may say of a callback that had to be refused. */
export interface Refusal {
  readonly outcomes: readonly Outcome[]
  /** Whether somebody else may have made it: then a page that says that all is well deceives, and its status is 4xx. */
  readonly forged?: true
}

export const forged: Refusal = { outcomes: ['rejected'], forged: true }

/** What is wrong where callbacks under a mark had to be refused: a code was exchanged, or what was said of it is not so. */
export function taken(evidence: Evidence, mark: string, what: string, refusal: Refusal): Finding | undefined {
  const [exchange] = codeExchanges(under(evidence, mark))
  if (exchange) return saw(`exchanged the code of ${what}`, exchange)
  const misnaming = misnamed(evidence, mark, what, refusal.outcomes)
  if (misnaming) return misnaming
  if (refusal.forged) {
    // Where a redirect leads is not seen: it may be to a page that says what happened.
    const statuses = stepsOf(evidence, 'callback', mark).flatMap(({ answer }) => answer?.http?.status ?? [])
    const fine = statuses.find((status) => status < 300)
    if (fine !== undefined) return saw(`answered ${fine} to ${what}`)
  }
  return brokePage(evidence, mark, what)
}

/** A word for such callbacks that is not so. */
export function misnamed(
  evidence: Evidence,
  mark: string,
  what: string,
  expected: readonly Outcome[],
): Finding | undefined {
  const wrong = outcomes(evidence, mark).find((one) => !expected.includes(one))
  if (wrong) return saw(`says ${wrong} ${wrong === 'connected' ? 'after' : 'of'} ${what}`)
}

/** The browser got a page of a server that broke. */
export function brokePage(evidence: Evidence, mark: string, what: string): Finding | undefined {
  for (const { answer } of stepsOf(evidence, 'callback', mark))
    if (answer?.http && answer.http.status >= 500) return saw(`answered ${answer.http.status} to ${what}`)
}
