import { plain } from '../../lines/colours.ts'
import { kinds } from './make-report.ts'
import { placeOf, type Report, type Result } from './report.ts'
import { terminalStory } from './terminal-story.ts'
import { visible } from './visible.ts'
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

/** GitHub takes a step's summary of a mebibyte, and nothing of a longer one. */
const longest = 900_000

/** A report for a CI summary: counts first, then what failed, each with its story to be opened. */
export function markdownReport(report: Report): string {
  const told = toTell(report)
  const [whole, brief] = [told.filter(hasDetails), told.filter((one) => !hasDetails(one))]
  const head = [headOf(report), countsOf(report), staleOf(report), briefOf(brief)].filter((one) => one !== '')
  return visible(`${[...head, ...withinLimit(whole.map(detailsOf), longest - head.join('').length)].join('\n\n')}\n`)
}

const hasDetails = ({ standing, kind }: Result): boolean => standing === 'unexpected' && kind !== 'blocked'

function withinLimit(parts: readonly string[], limit: number): readonly string[] {
  let length = 0
  const fitting = parts.findIndex((part) => {
    length += part.length * 2
    return length > limit
  })
  if (fitting < 0) return parts
  return [...parts.slice(0, fitting), `${many(parts.length - fitting, 'more failure')} left out for want of room.`]
}

function headOf({ client, seed, exitCode, standings, stale, stopped }: Report): string {
  const facts = [
    `${standings.unexpected} unexpected`,
    `${standings.expected} in the baseline`,
    `${standings.noted} noted`,
    many(stale.length, 'stale row'),
  ]
  return [
    `## ${exitCode === 0 ? '✅' : '❌'} Contracts of ${cell(clientWords(client))}`,
    `**${exitWords[exitCode]}** ${facts.join(' · ')} · seed ${code(seed)}`,
    ...(stopped === undefined ? [] : [cell(stopped)]),
  ].join('\n\n')
}

function countsOf({ places, results, counts }: Report): string {
  const shown = kinds.filter((kind) => counts[kind] > 0)
  if (shown.length === 0) return ''
  return [
    ['', ...shown],
    ['---', ...shown.map(() => '--:')],
    ...places.map(({ key }) => [
      cell(key),
      ...shown.map((kind) => {
        const count = results.filter((one) => one.kind === kind && placeOf(one) === key).length
        return count === 0 ? '·' : String(count)
      }),
    ]),
  ]
    .map(row)
    .join('\n')
}

function staleOf({ stale }: Report): string {
  if (stale.length === 0) return ''
  return ['### Stale rows of the baseline', '', ...stale.map((one) => `- ${cell(staleWords(one))}`)].join('\n')
}

function briefOf(results: readonly Result[]): string {
  if (results.length === 0) return ''
  const rows = results.map((one) => [
    code(one.clause),
    cell(placeOf(one)),
    cell(verdictWords(one)),
    cell(knownWords(one) || whyWords(one)),
  ])
  const table = [['Clause', 'Where', 'Verdict', 'Why'], ['---', '---', '---', '---'], ...rows].map(row)
  return [
    '<details>',
    `<summary>${many(results.length, 'more result')}</summary>`,
    '',
    ...table,
    '',
    '</details>',
  ].join('\n')
}

function detailsOf(result: Result): string {
  const { clause, title, level, advice, replay, story } = result
  const lines = story ? terminalStory(story, { isWhole: false, colours: plain }) : []
  return [
    `### ${cell(verdictWords(result))}: ${code(clause)} at ${cell(placeOf(result))}`,
    '',
    `**${cell(whyWords(result))}**`,
    '',
    `- Rule: it ${cell(title)}. ${cell(levelWords(level))}`,
    ...sourceWords(result).map((source) => `- Source: ${cell(source)}`),
    `- Advice: ${cell(advice)}`,
    '',
    'Run it again:',
    '',
    fenced([replay]),
    ...(lines.length === 0
      ? []
      : [
          '',
          '<details>',
          '<summary>What happened</summary>',
          '',
          fenced(lines.map((line) => line.slice(4))),
          '',
          '</details>',
        ]),
  ].join('\n')
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

/** Text as itself: nothing in it is Markdown, a tag, a mention or a link. */
const cell = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]()#+!|~<>&@:-]/g, (sign) => (/[@:]/.test(sign) ? `&#${sign.charCodeAt(0)};` : `\\${sign}`))

/** Code that may hold backquotes itself. */
const code = (text: string): string => {
  const fence = '`'.repeat(1 + longestRun(text))
  const pad = text.includes('`') ? ' ' : ''
  return `${fence}${pad}${text.replace(/\s+/g, ' ').replaceAll('|', '\\|')}${pad}${fence}`
}

function fenced(lines: readonly string[]): string {
  const fence = '`'.repeat(Math.max(3, 1 + longestRun(lines.join('\n'))))
  return [fence, ...lines, fence].join('\n')
}

const longestRun = (text: string): number => Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
