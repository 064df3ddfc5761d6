import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { sentences } from '../../contracts/sentences.ts'
import { catalogue, findClause, providersOf } from '../../src/contract/catalogue.ts'
import { placesOf } from '../../src/contract/self-test/careful-client.ts'
import { root, runProgram } from '../cli/command.ts'

const ids = catalogue.map(({ id }) => id)

describe('the clauses', () => {
  it('have ids of their own', () => {
    expect(ids.filter((id, place) => ids.indexOf(id) !== place)).toEqual([])
  })

  it('are each for some provider, and have a mutant at one of them', () => {
    const astray = catalogue.filter((clause) => {
      const providers = providersOf(clause)
      const { at = providers[0] } = clause.mutant
      return at === undefined || !providers.includes(at)
    })
    expect(astray.map(({ id }) => id)).toEqual([])
  })

  it('have mutants whose place stands once in the careful client', () => {
    const astray = catalogue.filter(({ mutant }) => placesOf(mutant.find).length !== 1)
    expect(astray.map(({ id, mutant }) => [id, mutant.find])).toEqual([])
  })

  it('name in what a mutant drags along only clauses that there are', () => {
    const unknown = catalogue.flatMap(({ mutant: { drags = [] } }) => drags.filter((id) => !findClause(id)))
    expect(unknown).toEqual([])
  })

  it.each(ids)('%s says what it asks, by whose word, and what becomes of one that breaks it', (id) => {
    const { title, source, why, mutant } = findClause(id) ?? { title: '', source: '', why: '', mutant: { bug: '' } }
    // "The client …", "a client that …"
    expect(title).toMatch(/^[a-z].*[^.]$/)
    expect(mutant.bug).toMatch(/^[a-z].*[^.]$/)
    expect(source).toMatch(/^\S.{4,}[^.]$/)
    expect(why).toMatch(/^[A-Z].+\.$/)
  })
})

/** Number, section and rule of each row of a page's rules. */
function rulesOf(page: string) {
  const text = readFileSync(`${root}docs/rules/${page}.md`, 'utf8')
  return [...text.matchAll(/^\| (\d+) \| (.*?) \| (.*) \| .* \|$/gm)].map(([, number, section, rule]) => [
    number,
    { section, rule },
  ])
}

describe.each(Object.entries(sentences))("what %s's page asks of a client", (page, asked) => {
  it('is said of each of its sentences, in the words of its rules', () => {
    const said = Object.entries(asked).map(([number, { section, rule }]) => [number, { section, rule }])
    expect(said).toEqual(rulesOf(page))
  })

  it('is a clause that is there, or a reason why there is none', () => {
    const bad = Object.entries(asked).filter(([, one]) =>
      'clauses' in one
        ? one.clauses.length === 0 || one.clauses.some((id) => !findClause(id))
        : !/^[a-z].{9,}[^.]$/.test(one.excluded),
    )
    expect(bad).toEqual([])
  })
})

it('the pages on the clauses are not stale', async () => {
  const { code, stdout, stderr } = await runProgram(process.execPath, [`${root}scripts/contract-docs.js`, '--check'])
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: '' })
})

it('every theme has its clauses in the list', () => {
  const list = readFileSync(`${root}contracts/clauses.ts`, 'utf8')
  const themes = readdirSync(`${root}contracts`, { withFileTypes: true }).filter(
    (one) => one.isDirectory() && readdirSync(`${root}contracts/${one.name}`).includes('index.ts'),
  )
  expect(themes.map(({ name }) => name).filter((name) => !list.includes(`./${name}/index.ts`))).toEqual([])
})
