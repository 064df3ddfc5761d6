import { describe, expect, it } from 'vitest'
import { makeReport } from '../../src/contract/report/make-report.ts'
import { createProgress } from '../../src/contract/report/progress.ts'
import { replayLine } from '../../src/contract/report/replay-line.ts'
import { terminalReport } from '../../src/contract/report/terminal.ts'
import type { Colours } from '../../src/lines/colours.ts'
import { everyKind, finishedOf, judgedOf, verdictOf } from './finished.ts'
import { playedEvidence } from './played-evidence.ts'
import { renderers } from './renderers.ts'

const { evidence } = await playedEvidence()
const broken = judgedOf(
  { provider: 'standard', kind: 'broken', why: 'sent one token twice', shownBy: ['r3', 'r4'] },
  evidence,
)
const row = {
  key: 'tok-scope',
  clause: 'tok-scope',
  expect: 'warned',
  why: 'The library joins them so.',
  issue: '412',
} as const
const stale = { key: 'exp-early', clause: 'exp-early', expect: 'broken', why: 'x', line: 9 } as const
const report = makeReport(finishedOf([...everyKind, broken], { baseline: [row, stale] }))

describe('at the terminal', () => {
  const text = renderers.terminal(report)

  it('no line is longer than 80 columns, but the command to be copied', () => {
    const long = [text, renderers['verbose terminal'](report)]
      .join('\n')
      .split('\n')
      .filter((line) => line.length > 80)
    expect(long.filter((line) => !line.startsWith('  replay  mock-oauth contract '))).toEqual([])
  })

  it('what has to be done comes first, the sum last', () => {
    const lines = text.trimEnd().split('\n')
    expect(lines[0]).toBe('BROKEN cb-state-mismatch at mekari must (RFC)')
    expect(lines.slice(-2)).toEqual([
      'Not as expected. 7 unexpected, 1 in the baseline, 1 stale row.',
      'ledger-sync 1.4.0 (typescript), seed 7',
    ])
  })

  it('a failure has what the client did, the rule, its source, the exchange and the command', () => {
    const [, told = ''] = text.split('BROKEN cb-state-mismatch at standard')
    expect(told).toContain('The client sent one token twice.')
    expect(told).toContain('RFC 6749 §10.12; RFC 9700 §2.1')
    expect(told).toMatch(/► r4 {2}POST \S+ 400 refresh_token_reused/)
    expect(told).toMatch(/→ grant_type=refresh_token&refresh_token=\w{4}…/)
    expect(told).toContain('replay  mock-oauth contract --provider standard --clause cb-state-mismatch')
  })

  it('what is kept is counted only, and listed where all is asked for', () => {
    expect(text).not.toContain('kept exp-early')
    expect(renderers['verbose terminal'](report)).toContain('kept exp-early at mekari')
    expect(text).toMatch(/^mekari +1 +1 +1 +1 +1 +1 +1 +1 +1$/m)
  })

  it('what is in the baseline has a line with its reason, and a stale row its own', () => {
    expect(text).toContain('warned, in the baseline at mekari: Known: The library joins them so. (412)')
    expect(text).toContain('1 row of the baseline is stale\n  exp-early (line 9): the client keeps it now')
  })

  it('clauses that are blocked by the same stand together', () => {
    const why = 'connects is broken'
    const blocked = ['rot-a', 'rot-b', 'rot-c'].map((clause) =>
      judgedOf({ clause: clause as 'rot-a', kind: 'blocked', why }),
    )
    const told = renderers.terminal(makeReport(finishedOf([judgedOf(), ...blocked])))
    expect(told).toContain('blocked at mekari: connects is broken. · rot-a rot-b rot-c')
  })

  it('control characters of a client do nothing', () => {
    const why = 'said \u001b[2J\u0007'
    const told = Object.values(renderers).map((render) =>
      render(makeReport(finishedOf([judgedOf({ kind: 'broken', why })]))),
    )
    expect(told.filter((one) => /(?!\n)\p{Cc}/u.test(one))).toEqual([])
  })

  it('colours say the same words', () => {
    const painted = new Proxy({} as Colours, {
      get: (_, name) => (words: string) => `<${String(name)}>${words}</${String(name)}>`,
    })
    const coloured = terminalReport(report, { colours: painted })
    expect(coloured).toContain('<red>BROKEN</red>')
    expect(coloured.replace(/<\/?\w+>/g, '')).toBe(text)
  })
})

describe('JUnit', () => {
  const text = renderers.junit(report)
  const suites = [
    ...text.matchAll(/<testsuite name="([^"]+)" tests="(\d+)" failures="(\d+)" errors="(\d+)" skipped="(\d+)"/g),
  ]

  it('has a suite for each place, and one for stale rows', () => {
    expect(suites.map(([, ...facts]) => facts.join(' '))).toEqual([
      'mekari 9 1 4 3',
      'finexer 2 1 0 0',
      'mekari.errors=kong 1 0 0 0',
      'standard 1 1 0 0',
      'baseline 1 1 0 0',
    ])
    expect(text).toMatch(/<testsuites name="[^"]+" tests="14" failures="4" errors="4" skipped="3"/)
  })

  it('tells what the client did from what could not be judged, and skips what is known', () => {
    expect(text).toContain('<failure message="broken: The client sent one token twice." type="broken">')
    expect(text).toContain('<error message="driver-error: The driver answered call with garbage." type="driver-error">')
    expect(text).toContain('<skipped message="warned, in the baseline: Known: The library joins them so. (412)"/>')
    expect(text).toContain('<skipped message="not-run: Needs --slow."/>')
  })

  it('has an error for a run that came to no end', () => {
    const stopped = { by: 'notStarted', why: 'No such file: <driver>' } as const
    const told = renderers.junit(makeReport(finishedOf([], { stopped })))
    expect(told).toContain('<error message="No such file: &lt;driver&gt;">')
  })
})

describe('Markdown', () => {
  const text = renderers.markdown(report)

  it('has the counts in a table, then each failure with how to run it again', () => {
    expect(text).toMatch(/^## ❌ Contracts of/)
    expect(text).toContain('| mekari | 1 | 1 | 1 | 1 | 1 | 1 | 1 | 1 | 1 |')
    expect(text).toContain('### broken: `cb-state-mismatch` at standard')
    expect(text).toContain('```\nmock-oauth contract --provider standard')
    expect(renderers.markdown(makeReport(finishedOf([judgedOf()])))).toMatch(/^## ✅/)
  })

  it('takes nothing that a client says for Markdown or HTML', () => {
    const why = 'said <img src=x> | **bold** [x](http://example.com) `tick`\n## heading'
    const told = renderers.markdown(makeReport(finishedOf([judgedOf({ kind: 'broken', why })])))
    expect(told).not.toMatch(/(?<!\\)<img|(?<!\\)\*\*bold|(?<!\\)\[x\]|^## heading/m)
  })

  it('lets nothing out of a block of code', () => {
    const output = 'before\n```\n<img src=x>\n````\nafter'
    const told = renderers.markdown(
      makeReport(finishedOf([judgedOf({ kind: 'broken', why: 'x' }, { ...evidence, output })])),
    )
    expect(told).toMatch(/^`{5}$[\s\S]*^`{5}$/m)
  })

  it('stays below what GitHub takes', () => {
    const why = 'did something again '.repeat(200)
    const judged = Array.from({ length: 400 }, (_, i) => judgedOf({ kind: 'broken', clause: `zz-${i}`, why }))
    const told = renderers.markdown(makeReport(finishedOf(judged)))
    expect(Buffer.byteLength(told)).toBeLessThan(1_048_576)
    expect(told).toMatch(/\d+ more failures left out for want of room\./)
  })
})

describe('one HTML page', () => {
  const text = renderers.html(report)

  it('asks for nothing from anywhere', () => {
    expect(text).not.toMatch(/(?:src|href)="(?!#)/)
    expect(text).toContain('default-src &#39;none&#39;')
  })

  it('has one script, which holds no data', () => {
    const hostile = '</script><script>alert(1)</script><img src=x onerror=alert(1)>'
    const evil = judgedOf({ kind: 'broken', why: hostile }, { ...evidence, output: hostile })
    const told = renderers.html(
      makeReport(finishedOf([evil], { client: { name: hostile, version: '1', language: 'x' } })),
    )
    const scriptOf = (page: string) => page.match(/<script[\s\S]*?<\/script>/g)
    expect(scriptOf(told)).toEqual(scriptOf(text))
    expect(scriptOf(told)).toHaveLength(1)
    expect(told).not.toContain('<img')
  })
})

describe('a command to run a clause again', () => {
  it.each([
    ['node driver.js', 'mekari', '--client "node driver.js"'],
    ['./driver', 'mekari', '--client ./driver'],
    ['sh -c "exit $CODE"', 'mekari', `--client 'sh -c "exit $CODE"'`],
    ["it's $1", 'mekari', `--client 'it'\\''s $1'`],
  ])('quotes %s for a shell', (command, provider, end) => {
    expect(replayLine({ command, seed: '7' }, { clause: 'cb-error', provider })).toBe(
      `mock-oauth contract --provider mekari --clause cb-error --seed 7 ${end}`,
    )
  })

  it('names the assumption', () => {
    const verdict = verdictOf({ assumed: 'mekari.errors=kong' })
    expect(replayLine({ command: 'x', seed: 'a b' }, verdict)).toContain('--assume mekari.errors=kong')
    expect(replayLine({ command: 'x', seed: 'a b' }, verdict)).toContain('--seed "a b"')
  })
})

describe('progress', () => {
  function shown(isTerminal: boolean, count: number): string {
    let text = ''
    const progress = createProgress({ isTerminal, write: (more) => (text += more) })
    for (let i = 1; i <= count; i++) progress.judged(verdictOf(i % 50 === 3 ? { kind: 'broken' } : {}), 115)
    progress.end()
    return text
  }

  it('is one line that is written over at a terminal, and is gone at the end', () => {
    const steps = shown(true, 57).split('\r\u001b[2K')
    expect(steps.at(-2)).toBe('57/115 mekari · 2 broken')
    expect(steps.at(-1)).toBe('')
    expect(steps).toHaveLength(59)
  })

  it('is ten lines elsewhere', () => {
    const lines = shown(false, 115).trimEnd().split('\n')
    expect(lines).toHaveLength(10)
    expect(lines.at(-1)).toBe('115/115 mekari · 3 broken')
  })
})
