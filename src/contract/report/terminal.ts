import type { Colours } from '../../lines/colours.ts'
import { printable } from '../../lines/printable.ts'
import type { VerdictKind } from '../verdict.ts'
import { kinds } from './make-report.ts'
import { placeOf, type Report, type Result } from './report.ts'
import { terminalStory } from './terminal-story.ts'
import {
  clientWords,
  exitWords,
  knownWords,
  levelWords,
  many,
  sourceWords,
  staleWords,
  toTell,
  verdictWords,
  whyWords,
} from './words.ts'
import { wrap } from './wrap.ts'

export interface TerminalOptions {
  readonly colours: Colours
  /** Clauses that are kept are listed, and stories told whole. */
  readonly isVerbose?: boolean
}

/** A report for a terminal of 80 columns: what has to be done comes first, the counts and the sum last. */
export function terminalReport(report: Report, { colours, isVerbose = false }: TerminalOptions): string {
  const told = toTell(report)
  const whole = told.filter((one) => one.standing === 'unexpected' && one.kind !== 'blocked')
  const brief = told.filter((one) => !whole.includes(one))
  const lines = [
    ...whole.flatMap((result) => [...resultLines(result, isVerbose, colours), '']),
    ...briefLines(brief, colours),
    ...(isVerbose ? fineLines(report, colours) : []),
    ...staleLines(report, colours),
    ...table(report, colours),
    '',
    ...sumLines(report, colours),
  ]
  return `${lines.join('\n')}\n`
}

const paints: Partial<Record<VerdictKind, keyof Colours>> = {
  ...({
    broken: 'red',
    'driver-error': 'red',
    untestable: 'red',
    inconclusive: 'magenta',
    blocked: 'magenta',
  } as const),
  ...({ warned: 'yellow', kept: 'green' } as const),
}

const painted = (kind: VerdictKind, text: string, colours: Colours): string => {
  const paint = paints[kind]
  return paint ? colours[paint](text) : text
}

function resultLines(result: Result, isVerbose: boolean, colours: Colours): readonly string[] {
  const { kind, clause, title, level, advice, replay, story } = result
  const { bold, dim } = colours
  const head = `${painted(kind, verdictWords(result).toUpperCase(), colours)} ${bold(clause)} at ${placeOf(result)}`
  const [first = '', ...more] = sourceWords(result)
  return [
    `${head} ${dim(levelWords(level))}`,
    ...wrap(printable(whyWords(result)), '  '),
    ...wrap(`It ${title}.`, '  rule    ', '          '),
    ...[first, ...more].flatMap((source) => wrap(source, '          ').map(dim)),
    ...wrap(advice, '  advice  ', '          '),
    ...(story ? terminalStory(story, { isWhole: isVerbose, colours }) : []),
    // One line, however long: it is to be copied.
    `  ${dim('replay')}  ${printable(replay)}`,
  ]
}

/** Those that need no story: a line each, what is blocked by the same together. */
function briefLines(results: readonly Result[], colours: Colours): readonly string[] {
  if (results.length === 0) return []
  const alike = new Map<string, Result[]>()
  for (const result of results) {
    const key = `${verdictWords(result)} at ${placeOf(result)}: ${result.known?.why ?? result.why}`
    alike.set(key, [...(alike.get(key) ?? []), result])
  }
  const lines = [...alike].flatMap(([, ones]) => {
    const [first] = ones as [Result]
    const reason = knownWords(first) || whyWords(first)
    const names = ones.map(({ clause }) => clause).join(' ')
    const head = `${verdictWords(first)} at ${placeOf(first)}:`
    return wrap(`${head} ${printable(reason)} · ${names}`, '', '  ').map((line, i) =>
      i === 0 ? line.replace(head, painted(first.kind, head, colours)) : line,
    )
  })
  return [...lines, '']
}

function fineLines({ results }: Report, colours: Colours): readonly string[] {
  const fine = results.filter(({ standing }) => standing === 'fine')
  return [
    ...fine.flatMap((one) =>
      wrap(`${one.kind} ${one.clause} at ${placeOf(one)}: ${printable(one.why || one.title)}`, '', '  ').map((line) =>
        one.kind === 'kept' ? line : colours.dim(line),
      ),
    ),
    '',
  ]
}

function staleLines({ stale }: Report, { bold, yellow }: Colours): readonly string[] {
  if (stale.length === 0) return []
  return [
    bold(`${many(stale.length, 'row')} of the baseline ${stale.length === 1 ? 'is' : 'are'} stale`),
    ...stale.flatMap((row) => wrap(printable(staleWords(row)), '  ').map(yellow)),
    '',
  ]
}

/** Counts by place; kinds that never came have no column. */
function table({ places, results, counts }: Report, colours: Colours): readonly string[] {
  const shown = kinds.filter((kind) => counts[kind] > 0)
  if (shown.length === 0) return []
  const width = Math.max(...places.map(({ key }) => key.length))
  const heads = shown.map((kind) => columnNames[kind] ?? kind)
  const isWide = width + heads.join('').length + 2 * heads.length > 80
  const line = (name: string, cells: readonly string[]) => [name.padEnd(width), ...cells].join(isWide ? ' ' : '  ')
  const cell = (kind: VerdictKind, key: string, column: number) => {
    const count = results.filter((one) => one.kind === kind && placeOf(one) === key).length
    const text = (count === 0 ? '·' : String(count)).padStart(heads[column]?.length ?? 0)
    return count === 0 ? colours.dim(text) : painted(kind, text, colours)
  }
  return [
    colours.dim(line('', heads)),
    ...places.map(({ key }) =>
      line(
        key,
        shown.map((kind, column) => cell(kind, key, column)),
      ),
    ),
  ]
}

/** Short enough for every kind beside each other. */
const columnNames: Partial<Record<VerdictKind, string>> = {
  'driver-error': 'driver',
  'not-applicable': 'n/a',
  'not-run': 'slow',
  inconclusive: 'unclear',
  untestable: 'untested',
}

function sumLines({ client, seed, standings, stale, exitCode, stopped }: Report, { bold, green, red }: Colours) {
  const facts = [
    ...(standings.unexpected > 0 ? [`${standings.unexpected} unexpected`] : []),
    ...(standings.expected > 0 ? [`${standings.expected} in the baseline`] : []),
    ...(standings.noted > 0 ? [`${standings.noted} noted`] : []),
    ...(stale.length > 0 ? [`${many(stale.length, 'stale row')}`] : []),
  ]
  const verdict = (exitCode === 0 ? green : red)(bold(exitWords[exitCode]))
  return [
    `${verdict}${facts.length > 0 ? ` ${facts.join(', ')}.` : ''}`,
    ...(stopped ? wrap(printable(stopped)) : []),
    `${printable(clientWords(client))}, seed ${printable(seed)}`,
  ]
}
