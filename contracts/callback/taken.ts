import { type Evidence, type Finding, saw } from '../../src/contract/evidence.ts'
import { codeExchanges, outcomes, stepsOf, under } from '../../src/contract/reading.ts'

/** What is wrong where callbacks under a mark had to be refused: a code was exchanged, or one connected, or the server broke. */
export function taken(evidence: Evidence, mark: string, what: string): Finding | undefined {
  const [exchange] = codeExchanges(under(evidence, mark))
  if (exchange) return saw(`exchanged the code of ${what}`, exchange)
  if (outcomes(evidence, mark).includes('connected')) return saw(`says connected after ${what}`)
  return brokePage(evidence, mark, what)
}

/** The browser got a page of a server that broke. */
export function brokePage(evidence: Evidence, mark: string, what: string): Finding | undefined {
  for (const { answer } of stepsOf(evidence, 'callback', mark))
    if (answer?.http && answer.http.status >= 500) return saw(`answered ${answer.http.status} to ${what}`)
}
