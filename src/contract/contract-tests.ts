import { afterAll, describe, it } from 'vitest'
import { plain } from '../lines/colours.ts'
import { type Baseline, type Row, readBaseline } from './baseline.ts'
import { catalogue, clausesLike, findClause, isFor, pageRuleOf } from './catalogue.ts'
import { type Clause, everywhere, type LevelWord, longestFirst, type ProviderId } from './clause.ts'
import type { Factory } from './client-under-test.ts'
import { compare } from './compare.ts'
import { makeReport } from './report/make-report.ts'
import { terminalStory } from './report/terminal-story.ts'
import { type OpenBench, openBench } from './run/bench.ts'
import { inProcess } from './run/in-process.ts'
import type { Judged } from './run/judge.ts'
import { createStage } from './run/stage.ts'
import type { Verdict } from './verdict.ts'

/** What `contractTests` judges, and how. */
export interface ContractTestsOptions {
  readonly provider: ProviderId | readonly ProviderId[]
  /** Ids, or patterns: `rf-*`. Default: all that are for the provider. */
  readonly clauses?: readonly string[]
  /** What binds less passes. Default: `may`. */
  readonly level?: LevelWord
  /** A `should` that is not kept fails as well. */
  readonly strict?: boolean
  /** The same seed plays the same stories. Default: `contract`. */
  readonly seed?: string
  /** Also what needs more than a few seconds of real time. */
  readonly slow?: boolean
  /** Known failures, as in a baseline: `{ 'rf-*@mekari': { expect: 'broken', why: 'the next release has a lock' } }` */
  readonly known?: Readonly<Record<string, Pick<Row, 'expect' | 'why' | 'issue'>>>
}

/** How long an answer of the client may take, in real milliseconds. */
const patienceMs = 10_000

/** A story and its control have many answers, each of which is waited for so long and no longer. In real milliseconds. */
const timeout = 120_000

/**
 * One `it` per clause for a client in this process: a clause that it breaks fails, one that is not for it is skipped with the
 * reason. Where failures are known, one more says whether they still fail.
 * @throws {UnknownClause} @throws {WrongBaseline}
 */
export function contractTests(factory: Factory, options: ContractTestsOptions): void {
  const { provider, known = {} } = options
  const providers = typeof provider === 'string' ? [provider] : provider
  const names = { clauses: catalogue.map(({ id }) => id), places: everywhere }
  const baseline = readBaseline({ name: 'known', data: known, lineOf: () => undefined }, names)
  for (const one of providers) testsAt(one, factory, options, baseline)
}

function testsAt(provider: ProviderId, factory: Factory, options: ContractTestsOptions, baseline: Baseline): void {
  const { clauses: named = ['*'], level = 'may', strict = false, seed = 'contract', slow = false } = options
  const measure = { level, strict }
  const clauses = clausesLike(named).filter((clause) => isFor(clause, provider))
  const verdicts: Verdict[] = []
  describe(`the contract of ${provider}`, () => {
    let opening: Promise<{ stage: Awaited<ReturnType<typeof createStage>>; bench: OpenBench }> | undefined
    const open = async () => {
      const stage = await createStage([provider], seed)
      return { stage, bench: await openBench(stage, inProcess(factory, { patienceMs }), provider) }
    }
    afterAll(async () => (await opening?.catch(() => undefined))?.stage.close())

    it.concurrent.for(longestFirst(clauses).map((clause) => [clause.id, clause.title, clause] as const))(
      '%s %s',
      { timeout },
      async ([, , clause], { skip }) => {
        opening ??= open()
        const { bench } = await opening
        const judged = await bench.judge(clause, { slow, repeat: 1 })
        const { verdict } = judged
        verdicts.push(verdict)
        if (verdict.kind === 'not-applicable' || verdict.kind === 'not-run') skip(verdict.why)
        if (compare([verdict], baseline, measure).unexpected.length > 0) throw new Error(told(judged, clause, seed))
      },
    )
    if (baseline.length === 0) return
    it('fails as it is known to', () => {
      const { stale } = compare(verdicts, baseline, measure)
      if (stale.length > 0) throw new Error(stale.map(({ row, found }) => `${row.key}: ${found}`).join('\n'))
    })
  })
}

/** A failure as a test tells it: what the client did, whose rule that breaks, and the exchanges. */
function told(judged: Judged, { id, title, source, why }: Clause, seed: string): string {
  const { verdict } = judged
  const page = pageRuleOf(id, verdict.provider as ProviderId)
  const measure = { level: 'may', strict: true } as const
  const { results } = makeReport({
    ...measure,
    client: {},
    seed,
    judged: [judged],
    clauseOf: findClause,
    replay: () => '',
  })
  const story = results[0]?.story
  return [
    `${verdict.kind}: ${results[0]?.why}`,
    `The rule: the client ${title}.`,
    ...(page ? [`${verdict.provider}, ${page.section}: ${page.rule}`] : []),
    `${source}. ${why}`,
    ...(story ? terminalStory(story, { isWhole: false, colours: plain }) : []),
    `The same again: { clauses: ['${id}'], seed: '${seed}' }`,
  ].join('\n')
}
