import type { Evidence } from '../evidence.ts'
import { apiCalls, codeExchanges, stepsOf, succeeded, tokenRequests } from '../reading.ts'

/** Whether a story without faults went as it should: why not, if not. */
export function unwell(evidence: Evidence): string | undefined {
  for (const step of evidence.steps) {
    if (step.lost) return `${step.op}: the client ${step.lost === 'died' ? 'has ended' : 'did not answer'}`
    if (step.problem) return `${step.op}: ${step.problem.message}`
    if (step.op === 'callback' && step.answer?.outcome !== 'connected') return `a callback came to ${told(step.answer)}`
    if (step.op === 'call' && step.answer?.result !== 'ok') return `a call came to ${told(step.answer)}`
  }
  return untrue(evidence)
}

const told = (answer: { outcome?: string; result?: string; code?: string } | undefined) =>
  [answer?.outcome ?? answer?.result ?? 'nothing', answer?.code && `(${answer.code})`].filter(Boolean).join(' ')

/** What a client said that the wire denies: a driver that says yes to all passes nothing. */
export function untrue(evidence: Evidence): string | undefined {
  const { exchanges } = evidence
  for (const { answer, to } of stepsOf(evidence, 'callback')) {
    if (answer?.outcome !== 'connected') continue
    if (!codeExchanges(exchanges.slice(0, to)).some(succeeded)) return 'it says connected, and no code was exchanged'
  }
  for (const { answer, from, to } of stepsOf(evidence, 'call')) {
    if (answer?.result !== 'ok') continue
    if (!apiCalls(exchanges.slice(from, to)).some(succeeded)) return 'it says ok, and the API has not said so'
  }
  for (const { answer, to } of stepsOf(evidence, 'call')) {
    if (answer?.result !== 'needs_reauth') continue
    const refused = exchanges.slice(0, to).some((one) => !succeeded(one) || one.faults?.length)
    if (!refused && tokenRequests(exchanges.slice(0, to)).length === 0)
      return 'it says needs_reauth, and nothing was asked'
  }
  return undefined
}
