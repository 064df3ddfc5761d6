import type { Explanation } from '../engine/explain.ts'
import type { Exchange } from '../world/journal.ts'
import { plain } from './colours.ts'
import { exchangeLine } from './exchange-line.ts'
import { printable } from './printable.ts'

/** More than these help nobody who reads why a test failed. */
const most = 30

/**
 * Exchanges for people who read why a test failed: the line of each as the terminal shows it, under it the rule that refused
 * it, and what to do about what was done to it on purpose. No secret in it. Of many, the last.
 */
export function toldExchanges(exchanges: readonly Exchange[], explain: (id: string) => Explanation): readonly string[] {
  const left = exchanges.length - most
  return [
    ...(left > 0 ? [`(${left} earlier ${left === 1 ? 'request' : 'requests'} left out)`] : []),
    ...exchanges.slice(-most).flatMap((exchange) => toldExchange(exchange, explain)),
  ]
}

function toldExchange(exchange: Exchange, explain: (id: string) => Explanation): readonly string[] {
  if (!exchange.refusal && !exchange.faults) return [exchangeLine(exchange, undefined, plain)]
  const explanation = explain(exchange.id)
  const { refused, rule, fix, source, faults = [] } = explanation
  return [
    exchangeLine(exchange, explanation, plain),
    ...(refused ? [`    ${rule} ${fix} (${source})`] : []),
    ...faults.map((fault) => `    ${printable(fault.fix)}`),
  ]
}
