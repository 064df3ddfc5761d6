import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { assumed, never } from 'mock-oauth/define'
import { providers } from 'mock-oauth/providers'
import { describe, expect, it } from 'vitest'
import { mekari } from '../src/providers/mekari.ts'
import { environmentsOf } from '../src/vocabulary/environment.ts'
import { root, run, runProgram } from './cli/command.ts'
import { type Graded, gradedIn, scalarsIn, tablesIn } from './evidence/definition.ts'

interface Sheet {
  counts: Record<string, number>
  facts: {
    path: string
    value: string
    grade: string
    source: string
    question?: string
    otherwise?: { choose: string; value: string }[]
  }[]
  errors: { path: string; choose?: string; errors: { kind: string; answer: string; body: string }[] }[]
}

const sheetOf = async (provider: string): Promise<Sheet> => JSON.parse((await run(['show', provider, '--json'])).stdout)

/** What a program writes that prints its own insides. */
const poor = /undefined|Infinity|NaN|\[object|=>|function|":[^ ]/

describe.each(Object.entries(providers))('the sheet of %s', (provider, definition) => {
  it('has each graded value, with its grade, source and alternatives', async () => {
    const { facts } = await sheetOf(provider)
    const isListed = ({ path, grade, source }: Graded) =>
      facts.some(
        (fact) =>
          (fact.path === path || fact.path.startsWith(`${path}.`)) && fact.grade === grade && fact.source === source,
      )
    const graded = gradedIn(definition)
    expect(graded.length).toBeGreaterThan(10)
    expect(graded.filter((one) => !isListed(one))).toEqual([])
    for (const { path, as, alternatives } of graded.filter(({ as }) => as !== undefined)) {
      const fact = facts.find((one) => one.path === path)
      const choices = alternatives.map((name) => `--assume ${provider}.${as}=${name}`)
      expect([path, fact?.otherwise?.map(({ choose }) => choose)]).toEqual([path, choices])
    }
  })

  it('has each bare value, alone or within a whole', async () => {
    const { facts } = await sheetOf(provider)
    const paths = new Set(facts.map(({ path }) => path))
    const enclosing = (path: string) => path.split('.').map((_, i, keys) => keys.slice(0, i + 1).join('.'))
    const missing = scalarsIn(definition).filter((path) => !enclosing(path).some((one) => paths.has(one)))
    expect(missing).toEqual(['id', 'name', 'docs'])
  })

  it('counts its grades', async () => {
    const { facts, counts } = await sheetOf(provider)
    for (const [grade, count] of Object.entries(counts))
      expect(facts.filter((fact) => fact.grade === grade)).toHaveLength(count)
  })

  it('says in words what a value and each alternative means', async () => {
    const { facts } = await sheetOf(provider)
    for (const { path, value, otherwise = [] } of facts) {
      for (const words of [value, ...otherwise.map((choice) => choice.value)]) {
        expect([path, words]).toEqual([path, expect.stringMatching(/\S/)])
        expect([path, words]).not.toEqual([path, expect.stringMatching(poor)])
      }
      expect([path, new Set([value, ...otherwise.map((choice) => choice.value)]).size]).toEqual([
        path,
        1 + otherwise.length,
      ])
    }
  })

  it('has every error table in every dialect, each refusal with its answer', async () => {
    const { errors } = await sheetOf(provider)
    const tables = tablesIn(definition)
    // A table is shown as it is played: with the rows that stand beside it.
    const besides = (path: string) =>
      tables
        .filter((table) => table.path.startsWith(path.replace(/errors$/, 'errorRows.')))
        .flatMap(({ dialects: [played] }) => played?.kinds ?? [])
    const expected = tables.flatMap(({ path, as, dialects }) =>
      dialects.map(({ name, kinds }) => [
        path,
        name && `--assume ${provider}.${as}=${name}`,
        [...new Set([...kinds, ...besides(path)])],
      ]),
    )
    expect(expected.length).toBeGreaterThanOrEqual(3)
    const kindsOf = (table: Sheet['errors'][number]) => [...new Set(table.errors.map(({ kind }) => kind.split(' ')[0]))]
    // A table of few rows may stand elsewhere in the definition than beside the whole table that it amends.
    const inOrder = (tables: readonly unknown[]) => tables.map((table) => JSON.stringify(table)).sort()
    const shown = errors.map((table) => [table.path, table.choose, kindsOf(table)])
    expect(inOrder(shown)).toEqual(inOrder(expected))
    for (const { answer, body } of errors.flatMap((table) => table.errors)) {
      expect(answer).toMatch(/^([45]\d\d|page|here|client)$/)
      expect(body).not.toMatch(/undefined|\[object|=>/)
    }
  })
})

describe('an error table', () => {
  it('has a line for each sentence that a refusal may get', async () => {
    const { errors } = await sheetOf('mekari')
    const bodiesIn = (path: string, kind: string) =>
      errors
        .filter((table) => table.path === path && table.choose === undefined)
        .flatMap((table) => table.errors.filter((one) => one.kind.split(' ')[0] === kind))
        .map((one) => [one.kind, one.answer, one.body])
    const sentence = (error: string, text: string) => `error=${error}&error_description=${text}&state=<state>`
    expect(bodiesIn('authorize.errors', 'parameter_missing')).toEqual([
      ['parameter_missing', 'client', sentence('invalid_request', 'The parameter <parameter> is missing')],
      ['parameter_missing (response_type)', 'client', sentence('unsupported_response_type', 'Invalid response_type')],
    ])
    expect(bodiesIn('authorize.errors', 'challenge_missing')).toEqual([
      [
        'challenge_missing',
        'client',
        sentence('invalid_request', 'code_challenge is required when code_method is present'),
      ],
      [
        'challenge_missing (not sent)',
        'client',
        sentence('invalid_request', 'code_challenge is required for public clients'),
      ],
    ])
    expect(bodiesIn('token.errors', 'client_unknown').map(([kind]) => kind)).toEqual([
      'client_unknown',
      'client_unknown (by the Authorization header)',
    ])
  })
})

describe('the evidence of a definition', () => {
  it('has a section that may be another one as a whole, and each value in it', () => {
    const revoke = {
      at: 'DELETE https://account.mekari.com/auth/oauth2/token',
      by: 'bearer',
      ends: assumed('family', { because: 'nobody says what ends' }),
      answer: { status: 204 },
    } as const
    const otherwise = { narrow: { ...revoke, ends: 'accessToken' as const } }
    const [environment] = environmentsOf({
      ...mekari,
      revoke: assumed(revoke, { because: 'nobody says', as: 'revocation', otherwise }),
    })
    const entries = environment?.evidence.filter(({ path }) => path.startsWith('revoke'))
    expect(entries?.map(({ path, words, source }) => [path, words, source])).toEqual([
      ['revoke', 'as the values below say', 'nobody says'],
      ['revoke.at', revoke.at, 'nobody says'],
      ['revoke.by', expect.stringMatching(/^bearer: /), 'nobody says'],
      ['revoke.ends', expect.stringMatching(/^family: /), 'nobody says what ends'],
      ['revoke.answer.status', '204', 'nobody says'],
    ])
    expect(entries?.[0]?.otherwise).toEqual({
      narrow: expect.stringMatching(/^at: DELETE .*, ends: accessToken: .*, answer: \{ status: 204 \}$/),
    })
  })

  it('says what is empty and what never ends', () => {
    const [environment] = environmentsOf({
      ...mekari,
      client: { ...mekari.client, defaultScopes: [] },
      refresh: { ...mekari.refresh, token: { ...mekari.refresh.token, lifetime: never } },
    })
    const wordsAt = (at: string) => environment?.evidence.find(({ path }) => path === at)?.words
    expect(wordsAt('client.defaultScopes')).toBe('none')
    expect(wordsAt('refresh.token.lifetime')).toBe('no end')
  })
})

/** What GitHub makes of a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\w -]/g, '')
    .replaceAll(' ', '-')

describe('the generated pages', () => {
  it.each(['docs/README.md', ...Object.keys(providers).map((name) => `docs/providers/${name}.md`)])(
    '%s links to what is there',
    (path) => {
      const page = readFileSync(root + path, 'utf8')
      const anchors = new Set([...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => `#${anchorOf(heading)}`))
      const links = [...page.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link)
      expect(links.length).toBeGreaterThan(2)
      const isThere = (link: string) =>
        link.startsWith('#') ? anchors.has(link) : existsSync(join(root, dirname(path), link.replace(/#.*/, '')))
      expect(links.filter((link) => !link.startsWith('https:') && !isThere(link))).toEqual([])
    },
  )

  it('are what npm run docs writes', async () => {
    expect(await runProgram(process.execPath, [`${root}scripts/docs.js`, '--check'])).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    })
  })
})
