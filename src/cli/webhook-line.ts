import type { WebhookAttempt, WebhookEvent } from '../index.ts'
import { flagOf, timeOf } from '../lines/exchange-line.ts'
import { printable } from '../lines/printable.ts'
import { defaultName } from '../world/world.ts'
import type { Colours } from './colours.ts'

/** How an attempt ended. */
export const endOf = ({ status, failure }: WebhookAttempt): string => String(status ?? failure ?? 'under way')

/** What is done to its delivery on purpose. */
export const faultsOf = ({ faults = [] }: WebhookEvent): string => faults.map(({ kind }) => kind).join(', ')

/** It is never sent, and counts as delivered. */
export const isDropped = ({ state, attempts }: WebhookEvent): boolean => state === 'delivered' && attempts.length === 0

/**
 * One attempt on one line: when, whereto, how it ended, what it told, and what comes next; without one, that it is never made.
 * @param world in which it happened
 */
export function webhookLine(
  event: WebhookEvent,
  ended: WebhookAttempt | undefined,
  { dim, green, yellow }: Colours,
  world = defaultName,
): string {
  const { id, event: name, state, nextAt } = event
  const paint = state === 'delivered' && ended ? green : yellow
  const next = nextAt === undefined ? state : `again at ${timeOf(nextAt)}`
  const outcome = state === 'delivered' ? '' : ` ${next}`
  const made = ended ? `${printable(ended.url)} ${paint(printable(endOf(ended)))}` : paint('not sent')
  const faults = faultsOf(event)
  const which = faults === '' ? `webhook ${id}` : `webhook ${id}, fault ${faults}`
  return `${dim(timeOf(ended?.at ?? event.at))} hook ${made}  ${name}${outcome} ${dim(`(${which}${flagOf(world)})`)}`
}
