import type { Delivery } from '../vocabulary/wire.ts'
import type { Exchange } from '../world/journal.ts'
import { printable } from './printable.ts'

/** What becomes of an answer on its way, in a word. */
const onItsWay: { readonly [How in keyof Required<Delivery>]: string } = {
  drop: 'dropped',
  hang: 'kept back',
  truncateAt: 'cut off',
  delayMs: 'delayed',
  bytesPerSecond: 'slow',
  closeAfter: 'closed',
}

/** What was sent where that is not what was done: `dropped`, `503`, `200, slow`; nothing where nothing happened to it. */
function sentInstead({ response: { status, delivery = {} }, done }: Exchange): string | undefined {
  const happened = (Object.keys(onItsWay) as (keyof Delivery)[]).filter((how) => delivery[how] !== undefined)
  const isSent = !delivery.drop && !delivery.hang
  const words = [
    ...(done && isSent && done.status !== status ? [String(status)] : []),
    ...happened.map((how) => onItsWay[how]),
  ]
  return words.length > 0 ? words.join(', ') : undefined
}

/** What was done and what was sent: `200 → dropped`; the status alone where nothing happened to it. */
export function statusWords(exchange: Exchange): string {
  const { response, done } = exchange
  const instead = sentInstead(exchange)
  if (instead === undefined) return String(response.status)
  // Nobody has done anything, and nobody was told anything.
  const isNothing = !done && (response.delivery?.drop || response.delivery?.hang)
  return isNothing ? instead : `${done?.status ?? response.status} → ${instead}`
}

/** What was done to an exchange on purpose: `fault f1: all was done, and …`. */
export const faultWords = ({ faults = [] }: Exchange): readonly string[] =>
  faults.map(({ id, words, cites }) => `fault ${id}: ${printable(words)}${cites ? ` (${printable(cites)})` : ''}`)
