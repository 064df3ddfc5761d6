import { describe, expect, it } from 'vitest'
import { parse } from '../../src/cli/config-syntax.ts'
import { readBaseline, WrongBaseline } from '../../src/contract/baseline.ts'
import { must, should } from '../../src/contract/clause.ts'
import { compare, type Measure } from '../../src/contract/compare.ts'
import type { Verdict } from '../../src/contract/verdict.ts'
import { verdictOf } from './finished.ts'

const known = {
  clauses: ['cb-state-mismatch', 'rot-reuse', 'rot-race', 'tok-scope'],
  places: ['mekari', 'finexer', 'mekari.errors=kong'],
}

const read = (text: string) => readBaseline({ name: 'contracts.yaml', ...parse('contracts.yaml', text) }, known)

const mistakesIn = (text: string): readonly string[] => {
  try {
    read(text)
    return []
  } catch (error) {
    if (error instanceof WrongBaseline) return error.message.split('\n')
    throw error
  }
}

describe('a baseline', () => {
  it('has a row for each known failure', () => {
    const rows = read(`
cb-state-mismatch:
  expect: broken
  why: The session lives in another service until spring.
  issue: 412
rot-*@mekari: { expect: inconclusive, why: The pool is shared. }
`)
    expect(rows).toEqual([
      {
        key: 'cb-state-mismatch',
        clause: 'cb-state-mismatch',
        expect: 'broken',
        why: 'The session lives in another service until spring.',
        issue: '412',
        line: 2,
      },
      {
        key: 'rot-*@mekari',
        clause: 'rot-*',
        at: 'mekari',
        expect: 'inconclusive',
        why: 'The pool is shared.',
        line: 6,
      },
    ])
  })

  it.each([
    ['no reason', 'rot-race: { expect: broken }', 'contracts.yaml:1: rot-race: why is missing'],
    ['a blank reason', 'rot-race: { expect: broken, why: " " }', 'why is missing'],
    ['a pattern without a reason', 'rot-*: { expect: broken }', 'why is missing'],
    ['nothing expected', 'rot-race: { why: x }', 'expect is one of broken, warned'],
    ['a good verdict', 'rot-race: { expect: kept, why: x }', 'expect is one of broken'],
    ['a misspelt expectation', 'rot-race: { expect: brokn, why: x }', 'Did you mean "broken"?'],
    [
      'an unknown clause',
      'rot-rase: { expect: broken, why: x }',
      'there is no clause rot-rase. Did you mean "rot-race"?',
    ],
    ['a pattern that is like nothing', 'zz-*: { expect: broken, why: x }', 'zz-*: no clause is like this.'],
    ['an unknown provider', 'rot-race@mekary: { expect: broken, why: x }', 'Did you mean "mekari"?'],
    [
      'an unknown field',
      'rot-race: { expect: broken, why: x, isue: 1 }',
      'isue is not known. A row has expect, why, issue. Did you mean "issue"?',
    ],
    ['a bare word', 'rot-race: broken', 'rot-race: expected { expect, why }'],
    ['no rows', '- rot-race', 'contracts.yaml holds no rows'],
  ])('is refused with %s', (_, text, sentence) => {
    expect(mistakesIn(text)).toEqual([expect.stringContaining(sentence)])
  })

  it('is told all its mistakes at once, each with its line', () => {
    const mistakes = mistakesIn('rot-race:\n  expect: never\n  why: x\ntok-skope: { expect: broken }\n')
    expect(mistakes.map((one) => one.split(' ').slice(0, 2).join(' '))).toEqual([
      'contracts.yaml:2: rot-race:',
      'contracts.yaml:4: tok-skope:',
      'contracts.yaml:4: tok-skope:',
    ])
  })
})

const all: Measure = { level: 'may', strict: false }

/** What a comparison says, by the ids of clauses. */
function compared(verdicts: readonly Verdict[], rows = '{}', measure = all) {
  const { unexpected, expected, stale } = compare(verdicts, read(rows), measure)
  const names = (ones: Iterable<Verdict>) => [...ones].map(({ clause, provider }) => `${clause}@${provider}`)
  return {
    unexpected: names(unexpected),
    expected: names(expected.keys()),
    stale: stale.map(({ row, provider, found }) => `${row.key}${provider ? ` at ${provider}` : ''}: ${found}`),
  }
}

const broken = (said: Partial<Verdict> = {}) => verdictOf({ kind: 'broken', why: 'did it', ...said })

describe('verdicts held against a baseline', () => {
  it.each(['broken', 'untestable', 'inconclusive', 'blocked', 'driver-error'] as const)(
    'are unexpected where %s and not listed, expected where listed',
    (kind) => {
      const verdict = verdictOf({ kind })
      expect(compared([verdict])).toMatchObject({ unexpected: ['cb-state-mismatch@mekari'] })
      const row = `cb-state-mismatch: { expect: ${kind}, why: x }`
      expect(compared([verdict], row)).toEqual({ unexpected: [], expected: ['cb-state-mismatch@mekari'], stale: [] })
    },
  )

  it.each(['kept', 'not-applicable', 'not-run'] as const)('are nothing to talk about where %s', (kind) => {
    expect(compared([verdictOf({ kind })])).toEqual({ unexpected: [], expected: [], stale: [] })
  })

  it('are unexpected where listed as something else', () => {
    const row = 'cb-state-mismatch: { expect: inconclusive, why: x }'
    expect(compared([broken()], row)).toEqual({ unexpected: ['cb-state-mismatch@mekari'], expected: [], stale: [] })
  })

  it('may warn unless strict', () => {
    const verdict = verdictOf({ kind: 'warned', level: should() })
    expect(compared([verdict]).unexpected).toEqual([])
    expect(compared([verdict], '{}', { ...all, strict: true }).unexpected).toHaveLength(1)
  })

  it('do not count below the level, nor do their rows', () => {
    const verdicts = [broken({ level: should() }), verdictOf({ clause: 'rot-race', level: should() })]
    const rows = 'rot-race: { expect: broken, why: x }'
    expect(compared(verdicts, rows, { ...all, level: 'must' })).toEqual({ unexpected: [], expected: [], stale: [] })
    expect(compared([broken({ level: must() })], '{}', { ...all, level: 'must' }).unexpected).toHaveLength(1)
  })

  it('are unexpected where flaky, even where kept in the end', () => {
    const flaky = verdictOf({ flaky: true })
    expect(compared([flaky]).unexpected).toHaveLength(1)
    expect(compared([flaky], 'cb-state-mismatch: { expect: broken, why: x }').unexpected).toHaveLength(1)
    const row = 'cb-state-mismatch: { expect: flaky, why: x }'
    expect(compared([flaky], row)).toMatchObject({ unexpected: [], stale: [] })
    expect(compared([broken()], row)).toMatchObject({ unexpected: [], stale: [] })
    expect(compared([verdictOf()], row)).toMatchObject({ unexpected: [], stale: [] })
  })
})

describe('a row', () => {
  const row = (key: string) => `${key}: { expect: broken, why: x }`

  it('is stale where the client keeps the clause now', () => {
    expect(compared([verdictOf()], row('cb-state-mismatch')).stale).toEqual([
      'cb-state-mismatch: the client keeps it now',
    ])
  })

  it('is stale at one provider where it is true at another', () => {
    const verdicts = [broken(), verdictOf({ provider: 'finexer' })]
    expect(compared(verdicts, row('cb-state-mismatch'))).toEqual({
      unexpected: [],
      expected: ['cb-state-mismatch@mekari'],
      stale: ['cb-state-mismatch at finexer: the client keeps it now'],
    })
    expect(compared(verdicts, row('cb-state-mismatch@mekari')).stale).toEqual([])
  })

  it('is stale where the clause does not apply', () => {
    expect(compared([verdictOf({ kind: 'not-applicable' })], row('cb-state-mismatch')).stale).toEqual([
      'cb-state-mismatch: it does not apply',
    ])
  })

  it('is left alone where its clause was not selected or not run', () => {
    expect(compared([verdictOf()], row('rot-race')).stale).toEqual([])
    expect(compared([verdictOf()], row('cb-state-mismatch@finexer')).stale).toEqual([])
    expect(compared([verdictOf({ kind: 'not-run' })], row('cb-state-mismatch')).stale).toEqual([])
  })

  it('with a pattern is stale when all that it is about is kept', () => {
    const verdicts = [broken({ clause: 'rot-race' }), verdictOf({ clause: 'rot-reuse' })]
    expect(compared(verdicts, row('rot-*'))).toMatchObject({ unexpected: [], stale: [] })
    expect(compared(verdicts.slice(1), row('rot-*')).stale).toEqual(['rot-*: the client keeps it now'])
  })

  it('that says it more exactly wins, and makes the other one stale when nothing is left to it', () => {
    const rows = `${row('rot-*')}\nrot-race@mekari: { expect: inconclusive, why: y }`
    const verdicts = [verdictOf({ clause: 'rot-race', kind: 'inconclusive' })]
    expect(compared(verdicts, rows)).toMatchObject({
      unexpected: [],
      stale: ['rot-*: other rows say it more exactly'],
    })
  })

  it('may be about one assumption at a provider', () => {
    const verdicts = [verdictOf(), broken({ assumed: 'mekari.errors=kong' })]
    expect(compared(verdicts, row('cb-state-mismatch@mekari.errors=kong'))).toMatchObject({ unexpected: [], stale: [] })
    expect(compared(verdicts, row('cb-state-mismatch@mekari'))).toMatchObject({ unexpected: [], stale: [] })
  })
})
