import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { should } from '../../src/contract/clause.ts'
import { exitCodeOf } from '../../src/contract/exit-code.ts'
import { jsonReport } from '../../src/contract/report/json.ts'
import type { Finished } from '../../src/contract/report/make-report.ts'
import { makeReport } from '../../src/contract/report/make-report.ts'
import { reportSchema } from '../../src/contract/report/report-schema.ts'
import { everyKind, finishedOf, judgedOf } from './finished.ts'
import { playedEvidence } from './played-evidence.ts'

const { evidence } = await playedEvidence()
const broken = judgedOf({ provider: 'standard', kind: 'broken', why: 'did it', shownBy: ['r3', 'r4'] }, evidence)
const row = {
  key: 'tok-scope',
  clause: 'tok-scope',
  expect: 'warned',
  why: 'The library joins them so.',
  issue: '412',
} as const
const stale = {
  key: 'exp-early@mekari',
  clause: 'exp-early',
  at: 'mekari',
  expect: 'broken',
  why: 'x',
  line: 9,
} as const

describe('a report', () => {
  const report = makeReport(finishedOf([...everyKind, broken], { baseline: [row, stale] }))

  it('counts verdicts by kind, and what counts by how it stands', () => {
    expect(report.counts).toEqual({
      ...{ broken: 2, 'driver-error': 1, untestable: 1, inconclusive: 1, blocked: 1 },
      ...{ warned: 1, kept: 4, 'not-applicable': 1, 'not-run': 1 },
    })
    expect(report.standings).toEqual({ unexpected: 7, expected: 1, noted: 0, fine: 5 })
    expect(report.exitCode).toBe(1)
  })

  it('has a place for each provider and each assumption, in their order', () => {
    expect(report.places).toEqual([
      { key: 'mekari', provider: 'mekari' },
      { key: 'finexer', provider: 'finexer' },
      { key: 'mekari.errors=kong', provider: 'mekari', assumed: 'mekari.errors=kong' },
      { key: 'standard', provider: 'standard' },
    ])
  })

  it('says of each result what rule it is, by whom, what to do and how to run it again', () => {
    expect(report.results[0]).toEqual({
      clause: 'cb-state-mismatch',
      title: 'refuses a callback whose state is not the one it sent',
      provider: 'mekari',
      level: { word: 'must', by: 'rfc' },
      kind: 'broken',
      standing: 'unexpected',
      why: 'connected a callback with a state of nobody',
      source: 'RFC 6749 §10.12; RFC 9700 §2.1',
      advice: expect.stringContaining('Compare state'),
      tookMs: 12,
      replay:
        'mock-oauth contract --provider mekari --clause cb-state-mismatch --seed 7 --client "node driver.js --quiet"',
    })
  })

  it("names the provider's own sentence where there is one", () => {
    const page = { section: 'Refresh Token', rule: 'A refresh token works once.' }
    const { results } = makeReport(finishedOf([broken], { pageOf: () => page }))
    expect(results[0]?.page).toEqual(page)
  })

  it('says why a failure is known, and which rows are stale', () => {
    expect(report.results.find(({ clause }) => clause === 'tok-scope')).toMatchObject({
      standing: 'expected',
      known: { why: 'The library joins them so.', issue: '412' },
    })
    expect(report.stale).toEqual([{ row: 'exp-early@mekari', line: 9, found: 'the client keeps it now' }])
  })

  it('tells no story of what is kept', () => {
    const { results } = makeReport(finishedOf([judgedOf({ provider: 'standard' }, evidence)]))
    expect(results[0]).not.toHaveProperty('story')
  })

  it('is the same for the same run', () => {
    expect(jsonReport(makeReport(finishedOf([broken])))).toBe(jsonReport(makeReport(finishedOf([broken]))))
  })

  const ajv = new Ajv2020({ strict: true, allErrors: true })
  const check = ajv.compile(reportSchema)

  it.each<[string, Finished]>([
    ['of every kind of verdict', finishedOf([...everyKind, broken], { baseline: [row, stale] })],
    ['of a client in process', finishedOf([broken], { client: { name: 'x', version: '0', language: 'typescript' } })],
    ['that came to no end', finishedOf([], { stopped: { by: 'notStarted', why: 'No such file.' }, client: {} })],
  ])('%s is as its schema says', (_, finished) => {
    check(JSON.parse(jsonReport(makeReport(finished))))
    expect(check.errors ?? []).toEqual([])
  })

  it('with anything else in it is not', () => {
    expect(check({ ...report, more: 1 })).toBe(false)
    expect(check({ ...report, results: [{ ...report.results[0], secret: 'x' }] })).toBe(false)
  })
})

describe('a story', () => {
  const story = makeReport(finishedOf([broken])).results[0]?.story

  it('tells in order what was asked, sent and answered, under its marks', () => {
    const told = story?.events.map((event) => {
      switch (event.what) {
        case 'exchange':
          return `${event.id} ${event.method} ${event.status}`
        case 'mark':
          return `-- ${event.name}`
        case 'death':
          return event.how
        default:
          return `${event.what} ${event.step} ${event.op}`
      }
    })
    expect(told).toEqual([
      'asked 1 begin',
      'answered 1 begin',
      'r1 GET 303',
      'asked 2 callback',
      'r2 POST 200',
      'answered 2 callback',
      '-- the answer is lost',
      'asked 3 call',
      'r3 POST 200 → dropped',
      'r4 POST 400',
      'r5 GET 401',
      'answered 3 call',
    ])
  })

  it('says of an exchange what was done to it, why it was refused and how much time was let pass', () => {
    const find = (id: string) => story?.events.find((event) => event.what === 'exchange' && event.id === id)
    expect(find('r3')).toMatchObject({ later: 3_660, faults: [expect.stringMatching(/^fault f1: all was done/)] })
    expect(find('r4')).toMatchObject({ refused: 'refresh_token_reused', faults: [] })
    expect(find('r4')).not.toHaveProperty('later')
  })

  it('says nothing of where it was played', () => {
    const env = { ...evidence.env, storeDir: '/tmp/folder-of-today', apiUrl: 'http://127.0.0.1:54321/~w/standard/me' }
    const output = 'kept in /tmp/folder-of-today/tokens.json, asks http://127.0.0.1:54321/~w/standard/me'
    const { results } = makeReport(finishedOf([judgedOf({ kind: 'broken' }, { ...evidence, env, output })]))
    expect(results[0]?.story?.output).toEqual(['kept in {storeDir}/tokens.json, asks {mock}/~w/standard/me'])
  })

  it('says who died, and what could not be done or was not answered', () => {
    const took = { process: 'b', tookMs: 1, mark: '', from: 0, to: 0 }
    const told = makeReport(
      finishedOf([
        judgedOf(
          { kind: 'driver-error', why: 'It failed.' },
          {
            ...evidence,
            exchanges: [],
            steps: [
              { ...took, op: 'call', asked: {}, problem: { kind: 'failed', message: 'no such file' } },
              { ...took, op: 'status', asked: {}, lost: 'timed out' },
            ],
            deaths: [{ process: 'b', how: 'signal SIGSEGV' }],
          },
        ),
      ]),
    )
    expect(told.results[0]?.story?.events.filter(({ what }) => what !== 'asked')).toEqual([
      { what: 'answered', step: 1, process: 'b', op: 'call', how: 'problem', text: 'failed: no such file' },
      { what: 'answered', step: 2, process: 'b', op: 'status', how: 'lost', text: 'timed out' },
      { what: 'death', process: 'b', how: 'signal SIGSEGV' },
    ])
  })
})

describe('the exit code', () => {
  const codeOf = (...[judged, more]: Parameters<typeof finishedOf>) => makeReport(finishedOf(judged, more)).exitCode

  it.each([
    ['0 as expected', [judgedOf()], {}, 0],
    ['0 with a warning', [judgedOf({ kind: 'warned', level: should() })], {}, 0],
    ['1 with a warning where strict', [judgedOf({ kind: 'warned', level: should() })], { strict: true }, 1],
    ['1 where a clause is broken', [judgedOf({ kind: 'broken' })], {}, 1],
    ['1 where a clause could not be judged', [judgedOf(), judgedOf({ kind: 'blocked' })], {}, 1],
    [
      '0 where the broken clause binds less than asked',
      [judgedOf(), judgedOf({ kind: 'broken', level: should() })],
      { level: 'must' },
      0,
    ],
    ['1 where a row is stale', [judgedOf({ clause: 'exp-early' })], { baseline: [stale] }, 1],
    ['3 where the client did not start', [], { stopped: { by: 'notStarted', why: 'No such file.' } }, 3],
    ['4 where nothing was judged', [judgedOf({ kind: 'not-applicable' }), judgedOf({ kind: 'driver-error' })], {}, 4],
    ['4 where nothing that counts was judged', [judgedOf({ level: should() })], { level: 'must' }, 4],
    ['5 where we failed', [judgedOf()], { stopped: { by: 'ourFault', why: 'A bug.' } }, 5],
  ] as const)('is %s', (_, judged, more, code) => {
    expect(codeOf(judged, more)).toBe(code)
  })

  it('is never 0 where a baseline expects that nothing can be judged', () => {
    expect(exitCodeOf({ judged: 0, unexpected: 0, stale: 0 })).toBe(4)
  })
})
