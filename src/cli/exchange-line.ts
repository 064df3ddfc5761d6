import { prefixOf } from '../control/world-name.ts'
import type { Exchange, Explanation } from '../index.ts'
import { defaultName } from '../world/world.ts'
import type { Colours } from './colours.ts'
import { faultWords, statusWords } from './fault-words.ts'
import { agoOf, eventWords } from './life-line.ts'
import { printable } from './print.ts'

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
/**
 * One exchange on one line: when, what, the status, what was done to it on purpose, and for a refusal the reason in words and
 * what lifts it.
 * @param world in which it happened
 */
export function exchangeLine(
  exchange: Exchange,
  explanation: Explanation | undefined,
  colours: Colours,
  world = defaultName,
): string {
  const { at, request, response } = exchange
  const status = paint(response.status, colours)(statusWords(exchange))
  const line = `${colours.dim(timeOf(at))} ${request.method.padEnd(4)} ${prefixOf(world)}${pathOf(exchange)} ${status}`
  const reasons = [
    ...faultWords(exchange),
    ...(explanation?.refused ? [reasonOf(explanation, at, colours, world)] : []),
  ]
  return [line, ...reasons].join('  ')
}

function paint(status: number, { green, cyan, yellow, red }: Colours) {
  if (status < 300) return green
  if (status < 400) return cyan
  return status < 500 ? yellow : red
}

/** What is longer than this is for `explain`, not for a line. */
const longest = 100

/** `code_used: code "hC8P…5b38ef", expected a code not used before, spent by r2 3m ago.` */
function reasonOf(explanation: Explanation, at: number, { bold, dim }: Colours, world: string): string {
  const { id, kind, fix, parameter, expected, came, lift } = explanation
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
  return `${kind}: ${reason?.replace(/\.?$/, '.')}${lifted} ${dim(`(explain ${id}${flagOf(world)})`)}`
}

/** A parameter's rule begins with `required`; the line has said already that it is missing. */
function wishOf(wanted: string): string[] {
  if (!/^required\b/.test(wanted)) return [`expected ${wanted}`]
  const [, rest] = /^required, (.+)$/.exec(wanted) ?? []
  if (rest !== undefined) return [`must be ${rest}`]
  return wanted === 'required' ? [] : [wanted]
}

/** Who ended what is dead; what its time alone has ended says so by what was expected. */
const endOf = ({ life }: Explanation, at: number): string[] =>
  life?.over?.request || life?.over?.by ? [`${eventWords(life.over)} ${agoOf(life.over.at, at)}`] : []
