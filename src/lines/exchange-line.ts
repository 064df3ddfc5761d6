import { prefixOf } from '../control/world-name.ts'
import type { Explanation } from '../engine/explain.ts'
import type { Exchange } from '../world/journal.ts'
import { defaultName } from '../world/world.ts'
import type { Colours } from './colours.ts'
import { faultWords, statusWords } from './fault-words.ts'
import { agoOf, eventWords } from './life-line.ts'
import { printable } from './printable.ts'

/** What a command needs to find a world: nothing for the default one. */
export const flagOf = (world: string): string => (world === defaultName ? '' : ` --world ${world}`)

/** World time to the second: `2026-01-31T12:00:00Z`. */
export const timeOf = (at: number): string => new Date(at).toISOString().replace(/\.\d+/, '')

/** An exchange's path on this server, without its query. */
export function pathOf({ environment, request: { url } }: Exchange): string {
  const path = url.replace(/^[a-z]+:\/\/[^/?]*/i, '').replace(/\?.*$/s, '') || '/'
  return printable(environment === undefined ? path : `/${environment}${path}`)
}

/**
 * One exchange on one line: when, what, the status, what was done to it on purpose, for a refusal the reason in words and
 * what lifts it, and its id, by which the lines of others name it.
 * @param world in which it happened
 */
export function exchangeLine(
  exchange: Exchange,
  explanation: Explanation | undefined,
  colours: Colours,
  world = defaultName,
): string {
  const { at, request } = exchange
  const status = paint(exchange, colours)(statusWords(exchange))
  const line = `${colours.dim(timeOf(at))} ${request.method.padEnd(4)} ${prefixOf(world)}${pathOf(exchange)} ${status}`
  const struck = faultWords(exchange)
  const reason = explanation?.refused ? [reasonOf(explanation, at, colours)] : []
  const isExplained = struck.length + reason.length > 0
  const name = isExplained ? `(explain ${exchange.id}${flagOf(world)})` : `(${exchange.id})`
  return `${[line, ...struck.map(colours.magenta), ...reason].join('  ')} ${colours.dim(name)}`
}

/** What never came, or came otherwise than it was done, is neither well nor a refusal. */
function paint(exchange: Exchange, { green, cyan, magenta, yellow, red }: Colours) {
  const { status, delivery } = exchange.response
  if (delivery) return magenta
  if (status < 300) return green
  if (status < 400) return cyan
  return status < 500 ? yellow : red
}

/** What is longer than this is for `explain`, not for a line. */
const longest = 100

/** `code_used: code "hC8P…5b38ef", expected a code not used before, spent by r2 3m ago.` */
function reasonOf(explanation: Explanation, at: number, { bold }: Colours): string {
  const { kind, fix, parameter, expected, came, lift } = explanation
  const wanted = printable(expected ?? '')
  const brief = wanted !== '' && wanted.length <= longest
  const seen = came === undefined || came === '' || came === 'nothing' ? 'missing' : `"${printable(came)}"`
  const facts = [
    ...(parameter === undefined ? [] : [`${parameter} ${seen}`]),
    ...wishOf(wanted),
    ...endOf(explanation, at),
  ]
  const reason = brief ? facts.join(', ') : fix
  const lifted = lift === undefined ? '' : ` Lift it with ${bold(lift)}.`
  return `${kind}: ${reason?.replace(/\.?$/, '.')}${lifted}`
}

/** A parameter's rule begins with `required`; the line has said already that it is missing. */
function wishOf(wanted: string): string[] {
  if (!/^required\b/.test(wanted)) return [`expected ${wanted}`]
  const [, rest] = /^required, (.+)$/.exec(wanted) ?? []
  if (rest !== undefined) return [`must be ${rest}`]
  return wanted === 'required' ? [] : [wanted]
}

/** Who used before what works once, and who ended what is dead; what its time alone has ended says so by what was expected. */
function endOf({ kind, life }: Explanation, at: number): string[] {
  const use = life?.events.findLast(({ event }) => event === 'spent' || event === 'rotated')
  const told = /_(used|reused)$/.test(kind ?? '') ? use : life?.over
  return told?.request || told?.by ? [`${eventWords(told)} ${agoOf(told.at, at)}`] : []
}
