import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Clause, catalogue } from 'mock-oauth/contract'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ProviderId } from '../../src/contract/clause.ts'
import { NotCalibrated } from '../../src/contract/run/bench.ts'
import { run } from '../../src/contract/run/run.ts'
import { stdio } from '../../src/contract/run/stdio.ts'
import { quiet } from '../../src/contract/verdict.ts'
import { root } from '../cli/command.ts'
import { bundle } from './careful/driver.ts'

// A process is started for each story.
vi.setConfig({ testTimeout: 240_000 })

const folder = mkdtempSync(join(tmpdir(), 'odd-drivers-'))
let careful = ''

beforeAll(async () => {
  careful = await bundle(join(folder, 'driver.mjs'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const odd = (how: string) => `node ${root}test/contract/drivers/odd.js '${how}'`

interface How {
  readonly clauses?: readonly Clause[]
  readonly provider?: ProviderId
  readonly patienceMs?: number
  readonly repeat?: number
}

const judged = (command: string, { provider = 'standard', patienceMs = 1_500, ...more }: How = {}) =>
  run({
    launcher: stdio({ command, patienceMs }),
    ...{ providers: [provider], clauses: catalogue, seed: 'odd' },
    ...more,
  })

describe('a client that cannot be started', () => {
  it.each([
    ['exits at once', /exit code 0/],
    ['ends by a signal', /signal SIGABRT/],
    ['closes its output', /could not be started/],
    ['is silent', /No answer to start within 1.5 s/],
    ['writes without end', /No answer to start/],
    ['answers a wrong shape', /answers start with \{"url":7\}/],
    ['claims the unknown', /answers start with .*telepathy is not known/],
  ])('that %s is told from one that is judged', async (how, words) => {
    const failure = await judged(odd(how)).catch((error) => error)
    expect(failure).toBeInstanceOf(NotCalibrated)
    expect(failure.message).toMatch(words)
  })

  it('because there is no such command is told, too', async () => {
    const failure = await judged('no-such-command-here').catch((error) => error)
    expect(failure.message).toMatch(/could not be started: .*ENOENT/)
  })
})

// None of these has done a thing that a clause asks for, but for the one that begins a login.
describe('a client that', () => {
  /** Those that keep one waiting, or do nothing else than another one, meet a part. */
  const some = catalogue.filter((_, place) => place % 10 === 0)
  const nothing: readonly string[] = []
  const beginning = [
    ...['ar-response-type-code', 'ar-no-secret-in-url', 'ar-params-encoded', 'ar-no-duplicate-params'],
    ...['ar-keeps-authorize-query', 'ar-redirect-uri-exact', 'ar-state-present', 'ar-state-unpredictable'],
    ...['ar-state-no-sensitive-data', 'ar-pkce-s256', 'ar-scope-space-joined', 'ar-scope-within-registered'],
  ]
  it.each([
    ['answers yes to all', catalogue, nothing],
    ['sends nothing', catalogue, beginning],
    ['dies at the callback', catalogue, nothing],
    ['exits with 0 at the callback', catalogue, nothing],
    ['errs at the callback', catalogue, nothing],
    ['hangs at the callback', some, nothing],
    ['answers twice', some, nothing],
    ['writes garbage', some, nothing],
    ['stays', some, nothing],
  ])('%s passes nothing that it should not', async (how, clauses, expected) => {
    const { judged: all } = await judged(odd(how), { clauses })
    expect(all.flatMap(({ verdict }) => (verdict.kind === 'kept' ? verdict.clause : []))).toEqual(expected)
  })
})

describe('a driver that claims more than it has', () => {
  it('is told of what needs an op that its features cannot do without', async () => {
    const clauses = catalogue.filter(({ needs }) =>
      needs?.features?.some((one) => ['webhooks', 'revoke'].includes(one)),
    )
    const { judged: all } = await judged(odd('claims what it lacks'), { clauses, provider: 'finexer' })
    const isFor = all.filter(({ verdict }) => verdict.why !== 'The provider does not ask for it.')
    expect(isFor.length).toBeGreaterThan(5)
    for (const { verdict } of isFor) {
      if (verdict.why.startsWith('Not claimed: multiLink')) continue
      expect(verdict).toMatchObject({ kind: 'untestable', why: expect.stringMatching(/^Claims .* without .*\.$/) })
    }
  })

  it('keeps nothing that needs calls at the same time where it makes one after the other', async () => {
    const clauses = catalogue.filter(({ needs }) => needs?.features?.includes('concurrent'))
    const command = `node ${root}test/contract/drivers/serial.js ${careful}`
    const { judged: all } = await judged(command, { clauses, provider: 'mekari', patienceMs: 5_000 })
    const words = 'concurrent, tried twice: two calls that were asked at the same time were made one after the other'
    const isFor = all.filter(({ verdict }) => verdict.kind !== 'not-applicable')
    expect(isFor.length).toBeGreaterThan(3)
    for (const { verdict } of isFor) expect(verdict).toMatchObject({ kind: 'untestable', why: words })
  })
})

describe('of a process that several stories share', () => {
  it('the end is put on the story that caused it, though it comes in another', async () => {
    const text = readFileSync(careful, 'utf8')
    const file = join(folder, 'dies-late.mjs')
    const check = 'const came = await check(session, url);'
    expect(text.split(check)).toHaveLength(2)
    const dying = `${check} if (url.endsWith("?")) setTimeout(() => process.exit(1), 60);`
    writeFileSync(
      file,
      text.replace(check, () => dying),
    )
    const clauses = catalogue.filter(({ id }) => /^cb-(empty|state-)/.test(id))
    const { judged: all } = await judged(`node ${file}`, { clauses, provider: 'mekari', patienceMs: 10_000 })
    const told = all.flatMap(({ verdict: { clause, kind, why } }) => (quiet.has(kind) ? [] : { clause, kind, why }))
    expect(all.length).toBeGreaterThan(3)
    expect(told).toEqual([{ clause: 'cb-empty', kind: 'broken', why: 'ended by itself: exit code 1' }])
  })

  it('the end that none of them causes alone leaves none of them kept', async () => {
    const clauses = catalogue.filter(({ id }) => id === 'ar-state-present')
    const { judged: all } = await judged(odd('dies at its second start'), { clauses, repeat: 2 })
    expect(all.map(({ verdict }) => verdict)).toMatchObject([
      {
        kind: 'inconclusive',
        why: expect.stringMatching(/ended by itself \(exit code 3\), and none of them ends one alone/),
      },
    ])
  })
})
