import type { WebhookAttempt, WebhookEvent } from '../index.ts'
import { defaultName } from '../world/world.ts'
import type { Colours } from './colours.ts'
import { flagOf, timeOf } from './exchange-line.ts'
import { printable } from './print.ts'

/** How an attempt ended. */
export const endOf = ({ status, failure }: WebhookAttempt): string => String(status ?? failure ?? 'under way')

/**
 * One attempt on one line: when, whereto, how it ended, what it told, and what comes next.
 * @param world in which it happened
 */
export function webhookLine(
  event: WebhookEvent,
  ended: WebhookAttempt,
  { dim, green, yellow }: Colours,
  world = defaultName,
): string {
  const { id, event: name, state, nextAt } = event
  const paint = state === 'delivered' ? green : yellow
  const next = nextAt === undefined ? state : `again at ${timeOf(nextAt)}`
  const outcome = state === 'delivered' ? '' : ` ${next}`
  const line = `${dim(timeOf(ended.at))} hook ${printable(ended.url)} ${paint(printable(endOf(ended)))}`
  return `${line}  ${name}${outcome} ${dim(`(webhook ${id}${flagOf(world)})`)}`
}
