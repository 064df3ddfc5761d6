import { html } from 'hono/html'
import { plain } from '../../lines/colours.ts'
import { placeOf, type Report, type Result } from './report.ts'
import { terminalStory } from './terminal-story.ts'
import { clientWords, knownWords, levelWords, sourceWords, staleWords, verdictWords, whyWords } from './words.ts'
import { element, type Xml } from './xml.ts'

/**
 * A report as CI systems read it: a suite for each place, a case for each clause. `failure`: the client did what nobody
 * expected; `error`: it could not be judged, which nobody expected; `skipped`: not run, not counted, or a known failure.
 */
export function junitReport(report: Report): string {
  const { places, results, stale, stopped, client } = report
  const suites = [
    ...places.map(({ key }) => suite(key, results.filter((one) => placeOf(one) === key).map(caseOf))),
    ...(stale.length === 0
      ? []
      : [
          suite(
            'baseline',
            stale.map((row) => failed('failure', row.row, staleWords(row))),
          ),
        ]),
    ...(stopped === undefined ? [] : [suite('run', [failed('error', 'comes to its end', stopped)])]),
  ]
  const head = { name: `mock-oauth contract: ${clientWords(client)}`, ...sums(suites.flatMap(({ cases }) => cases)) }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', head, ...suites.map(({ xml }) => xml), '\n')}\n`
}

type Fate = 'passed' | 'failure' | 'error' | 'skipped'

interface Case {
  readonly name: string
  readonly fate: Fate
  readonly tookMs: number
  readonly content: readonly Xml[]
}

function suite(name: string, cases: readonly Case[]) {
  const told = cases.map(
    (one) => html`
  ${element('testcase', { name: one.name, classname: name, time: one.tookMs / 1_000 }, ...one.content)}`,
  )
  return { cases, xml: html`\n${element('testsuite', { name, ...sums(cases) }, ...told, '\n')}` }
}

function sums(cases: readonly Case[]) {
  const of = (fate: Fate) => cases.filter((one) => one.fate === fate).length
  const time = cases.reduce((sum, { tookMs }) => sum + tookMs, 0) / 1_000
  return { tests: cases.length, failures: of('failure'), errors: of('error'), skipped: of('skipped'), time }
}

const failed = (fate: 'failure' | 'error', name: string, message: string): Case => ({
  ...{ name, fate, tookMs: 0 },
  content: [element(fate, { message }, message)],
})

function fateOf({ standing, kind, flaky }: Result): Fate {
  if (standing === 'unexpected') return flaky || kind === 'broken' || kind === 'warned' ? 'failure' : 'error'
  return kind === 'kept' || (standing === 'noted' && kind === 'warned') ? 'passed' : 'skipped'
}

function caseOf(result: Result): Case {
  const { clause, title, kind, tookMs, why } = result
  const fate = fateOf(result)
  const message = `${verdictWords(result)}: ${knownWords(result) || whyWords(result)}`
  const content: Readonly<Record<Fate, () => readonly Xml[]>> = {
    passed: () => (why === '' ? [] : [element('system-out', {}, message)]),
    skipped: () => [element('skipped', { message })],
    failure: () => [element('failure', { message, type: kind }, detailsOf(result))],
    error: () => [element('error', { message, type: kind }, detailsOf(result))],
  }
  return { name: `${clause}: ${title}`, fate, tookMs, content: content[fate]() }
}

function detailsOf(result: Result): string {
  const { title, level, advice, replay, story } = result
  return [
    whyWords(result),
    `Rule: it ${title}. ${levelWords(level)}`,
    ...sourceWords(result),
    `Advice: ${advice}`,
    ...(story ? ['', ...terminalStory(story, { isWhole: true, colours: plain })] : []),
    '',
    `Replay: ${replay}`,
  ].join('\n')
}
