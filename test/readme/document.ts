import { readFileSync } from 'node:fs'
import { root } from '../cli/command.ts'

/** What a stranger reads first. */
const readme = readFileSync(`${root}README.md`, 'utf8')
const openQuestions = readFileSync(`${root}docs/open-questions.md`, 'utf8')

/** The rows of the table with this first heading, cell by cell; `\|` is no border. */
export const tableOf = (heading: string): string[][] => tableIn(`${readme}${openQuestions}`, heading)

/** The same of another page. */
export function tableIn(text: string, heading: string): string[][] {
  const [, rows = ''] = text.split(`\n| ${heading} |`)
  const lines = rows.trimEnd().split('\n\n')[0]?.split('\n').slice(2) ?? []
  if (lines.length === 0) throw new Error(`There is no table that begins with "${heading}"`)
  return lines.map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('\\|', '|')),
  )
}

/** The first cell of each row. */
export const firstsOf = (heading: string): string[] => tableOf(heading).map(([first = '']) => first)

/** All that stands in backquotes. */
export const quoted = (text = ''): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, inner = '']) => inner)

/** Each `--flag` in a text, once. */
export const flagsIn = (text = ''): string[] => [...new Set(text.match(/(?<![\w-])--[a-z][a-z-]*/g))]

/** One cell of the table of calls: its methods, its paths, and what it takes. */
export interface Call {
  readonly methods: readonly string[]
  readonly paths: readonly string[]
  readonly body: readonly string[]
  readonly query: readonly string[]
}

/** `GET/POST /_mock/clients[/:id]`, `/_mock/users[/:id]`: two calls, the second with the methods of the first. */
export function callsIn(cell: string): Call[] {
  const calls: Call[] = []
  for (const part of quoted(cell)) {
    const [, methods, path = '', id, query = ''] =
      /^(?:([A-Z/]+) )?(\/_mock[^[]*)(\[\/:id\])?(?:\[\?(.*)\])?$/.exec(part) ?? []
    const last = calls.at(-1)
    if (path !== '') {
      calls.push({
        methods: methods?.split('/') ?? last?.methods ?? [],
        paths: id === undefined ? [path] : [path, `${path}/:id`],
        body: [],
        query: query.match(/\w+/g) ?? [],
      })
    } else if (last) calls.splice(-1, 1, { ...last, body: part.match(/\w+/g) ?? [] })
  }
  return calls
}
