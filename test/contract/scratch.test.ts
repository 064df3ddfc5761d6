import { writeFileSync } from 'node:fs'
import { catalogue } from 'mock-oauth/contract'
import { it } from 'vitest'
import { findClause } from '../../src/contract/catalogue.ts'
import { htmlReport } from '../../src/contract/report/html.ts'
import { jsonReport } from '../../src/contract/report/json.ts'
import { junitReport } from '../../src/contract/report/junit.ts'
import { makeReport } from '../../src/contract/report/make-report.ts'
import { markdownReport } from '../../src/contract/report/markdown.ts'
import { terminalReport } from '../../src/contract/report/terminal.ts'
import { inProcess } from '../../src/contract/run/in-process.ts'
import { run } from '../../src/contract/run/run.ts'
import { plain } from '../../src/lines/colours.ts'
import { everyKind, finishedOf, judgedOf } from './finished.ts'
import { plainClient } from './plain-client.ts'
import { playedEvidence } from './played-evidence.ts'

it('x', async () => {
  const launcher = inProcess(plainClient, { patienceMs: 10_000 })
  const { judged } = await run({ launcher, providers: ['mekari', 'standard'], clauses: catalogue, seed: 'plain' })
  const { evidence } = await playedEvidence()
  const many = Array.from({ length: 110 }, (_, i) =>
    (['mekari', 'standard', 'finexer', 'mercury', 'mercado-pago'] as const).map((provider, j) =>
      judgedOf(
        {
          clause: `zz-some-clause-${i}`,
          provider,
          kind: i % 29 === j && i < 60 ? 'broken' : i % 13 === j ? 'not-applicable' : 'kept',
          shownBy: ['r3', 'r4'],
          why: i % 29 === j && i < 60 ? 'did something' : '',
        },
        evidence,
      ),
    ),
  ).flat()
  const report = makeReport(
    finishedOf([...judged, ...everyKind, ...many], {
      baseline: [
        {
          key: 'tok-scope',
          clause: 'tok-scope',
          expect: 'warned',
          why: 'The library joins them so.',
          issue: 'https://example.com/412',
        },
        { key: 'exp-early', clause: 'exp-early', expect: 'broken', why: 'x', line: 3 },
      ],
      clauseOf: (id) => findClause(id) ?? finishedOf([]).clauseOf(id),
    }),
  )
  writeFileSync('/tmp/r.txt', terminalReport(report, { colours: plain }))
  writeFileSync('/tmp/r.xml', junitReport(report))
  writeFileSync('/tmp/r.json', jsonReport(report))
  writeFileSync('/tmp/r.md', markdownReport(report))
  writeFileSync('/tmp/r.html', htmlReport(report))
})
