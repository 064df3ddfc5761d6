import type { Level } from '../clause.ts'
import type { ExitCode } from '../exit-code.ts'
import type { VerdictKind } from '../verdict.ts'
import type { Report, ReportedClient, Result, StaleRow, Standing } from './report.ts'
import type { AnsweredEvent, AskedEvent, Story } from './story.ts'

/** What a kind of verdict means, for people. */
export const kindWords: Readonly<Record<VerdictKind, string>> = {
  broken: 'the client does not do what it must',
  'driver-error': 'the driver could not do what it was asked',
  untestable: 'claimed by the client, and not reached',
  inconclusive: 'does not go well without the fault either, or its moment never came',
  blocked: 'builds upon something that is broken',
  warned: 'the client does not do what it should',
  kept: 'the client does it',
  'not-applicable': 'the provider does not ask for it, or the client does not claim it',
  'not-run': 'asked for by --slow alone',
}

const authors: Readonly<Record<Level['by'], string>> = { rfc: 'RFC', provider: "provider's word", ours: 'our word' }

/** `must (RFC)` */
export const levelWords = ({ word, by }: Level): string => `${word} (${authors[by]})`

/** `ledger-sync 1.4.0 (typescript)` */
export function clientWords({ name, version, language, command }: ReportedClient): string {
  if (name === undefined) return command ?? 'the client'
  return [name, version, language && `(${language})`].filter(Boolean).join(' ')
}

const standingWords: Readonly<Record<Exclude<Standing, 'fine' | 'unexpected'>, string>> = {
  expected: 'in the baseline',
  noted: 'noted',
}

/** `broken`, `broken, in the baseline`, `kept, but not each time` */
export function verdictWords({ kind, standing, flaky }: Result): string {
  const how = standing === 'expected' || standing === 'noted' ? `, ${standingWords[standing]}` : ''
  return `${kind}${flaky ? ', but not each time' : ''}${how}`
}

/** What the exit code says, in a sentence. */
export const exitWords: Readonly<Record<ExitCode, string>> = {
  0: 'As expected.',
  1: 'Not as expected.',
  2: 'Wrong usage.',
  3: 'The client could not be started or calibrated.',
  4: 'Nothing was judged.',
  5: 'The harness itself failed.',
}

/** Why it is known, and where it is worked on; empty where it is not known. */
export const knownWords = ({ known }: Result): string =>
  known ? `Known: ${known.why}${known.issue === undefined ? '' : ` (${known.issue})`}` : ''

/** What the client did, or why it is not judged, as a sentence; a finding has the client as its subject. */
export function whyWords({ kind, why, flaky }: Result): string {
  const isFinding = !flaky && (kind === 'broken' || kind === 'warned')
  return `${isFinding ? 'The client ' : ''}${why}`.replace(/[^.!?…]$/, '$&.')
}

/** The rule, by whoever lays it down. */
export const sourceWords = ({ page, provider, source }: Result): readonly string[] => [
  ...(page ? [`${provider}, ${page.section}: ${page.rule}`] : []),
  source,
]

/** `contracts.yaml` row and why it is stale. */
export const staleWords = ({ row, line, provider, found }: StaleRow): string =>
  `${row}${line === undefined ? '' : ` (line ${line})`}: ${found}${provider ? ` at ${provider}` : ''}`

/** `one clause`, `12 clauses` */
export const many = (count: number, one: string): string => (count === 1 ? `1 ${one}` : `${count} ${one}s`)

/** World seconds as people say them, by their two greatest units: `1h 1m`, `29d`. */
export function durationWords(seconds: number): string {
  const parts = [
    `${Math.floor(seconds / 86_400)}d`,
    `${Math.floor(seconds / 3_600) % 24}h`,
    `${Math.floor(seconds / 60) % 60}m`,
    `${seconds % 60}s`,
  ]
  const first = parts.findIndex((part) => !part.startsWith('0'))
  const told = parts.slice(first, first + 2).filter((part) => !part.startsWith('0'))
  return told.join(' ') || '0s'
}

/** How a step is called: by its number, and by its process where there are several. */
export function stepNames({ events }: Story): (event: AskedEvent | AnsweredEvent) => string {
  const processes = new Set(events.flatMap((event) => (event.what === 'asked' ? [event.process] : [])))
  return ({ process, step }) => (processes.size > 1 ? `${process}#${step}` : `#${step}`)
}

/** What has to be looked at, what decides first. */
export function toTell({ results }: Report): readonly Result[] {
  const order: readonly Standing[] = ['unexpected', 'expected', 'noted']
  return order.flatMap((standing) => results.filter((one) => one.standing === standing))
}
