import { existsSync, readdirSync } from 'node:fs'
import { providers } from 'mock-oauth/providers'
import { describe, expect, it } from 'vitest'
import { type Row, rowsOf } from './rules/table.ts'
import { titlesIn } from './rules/titles.ts'

const root = new URL('../', import.meta.url)
const pages = readdirSync(new URL('docs/rules/', root)).map((name) => name.replace(/\.md$/, ''))
/** A dated variant has the page of its provider. */
const played = new Set(Object.keys(providers).map((name) => name.replace(/@.*/, '')))

const titles = new Map<string, ReadonlySet<string>>()
function titlesOf(path: string): ReadonlySet<string> {
  const known = titles.get(path) ?? titlesIn(path)
  titles.set(path, known)
  return known
}

/** What is wrong with one entry of the last cell. */
function faultOf(entry: string, page: string): string | undefined {
  if (entry === 'to do') return played.has(page) ? 'is still to do, and the provider is played' : undefined
  if (entry.startsWith('not shown: ')) return entry.length > 20 ? undefined : 'gives no reason'
  const [, path = '', title] = /^`([^`]+)`(?:: (.+))?$/.exec(entry) ?? []
  if (path === '') return 'is neither a test, a fixture nor a reason'
  if (!existsSync(new URL(path, root))) return 'names a file that does not exist'
  if (title === undefined) return path.startsWith('fixtures/') ? undefined : 'names no test'
  return titlesOf(path).has(title) ? undefined : 'names a test that does not exist'
}

const faultsOf =
  (page: string) =>
  ({ number, shownBy }: Row) =>
    shownBy.flatMap((entry) => {
      const fault = faultOf(entry, page)
      return fault ? [`rule ${number}: "${entry}" ${fault}`] : []
    })

describe('the rules of', () => {
  it.each([...played])('%s are listed', (page) => {
    expect(pages).toContain(page)
  })

  it.each(pages)("%s are each shown by a test, or it is said why they can't be", (page) => {
    expect(rowsOf(`docs/rules/${page}.md`).flatMap(faultsOf(page))).toEqual([])
  })

  it.each(pages)('%s are numbered, named by their section and said once', (page) => {
    const rows = rowsOf(`docs/rules/${page}.md`)
    expect(rows.map(({ number }) => number)).toEqual(rows.map((_, i) => `${i + 1}`))
    for (const { section, rule } of rows)
      expect([section, rule]).toEqual([expect.stringMatching(/\w/), expect.stringMatching(/\w.*\.$/)])
    const said = rows.map(({ section, rule }) => `${section}: ${rule}`)
    expect(said.filter((one, i) => said.indexOf(one) !== i)).toEqual([])
  })
})
