import { afterAll, describe, it } from 'vitest'
import { plain } from '../lines/colours.ts'
import { catalogue, findClause, pageRuleOf, providersOf } from './catalogue.ts'
import { type Clause, type LevelWord, longestFirst, type ProviderId } from './clause.ts'
import { isLike } from './clause-pattern.ts'
import type { Factory } from './client-under-test.ts'
import { counts } from './compare.ts'
import { makeReport } from './report/make-report.ts'
import { terminalStory } from './report/terminal-story.ts'
import { type OpenBench, openBench } from './run/bench.ts'
import { inProcess } from './run/in-process.ts'
import type { Judged } from './run/judge.ts'
import { createStage } from './run/stage.ts'
import { quiet } from './verdict.ts'

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
  /** Clauses that are known to fail, with the reason: the test then fails once they are kept. */
  readonly known?: Readonly<Record<string, string>>
}

/** How long an answer of the client may take, in real milliseconds. */
const patienceMs = 10_000

/**
 * One `it` per clause for a client in this process: a clause that it breaks fails, one that is not for it is skipped with the
 * reason.
 */
export function contractTests(factory: Factory, options: ContractTestsOptions): void {
  const { provider } = options
  for (const one of typeof provider === 'string' ? [provider] : provider) testsAt(one, factory, options)
}

function testsAt(provider: ProviderId, factory: Factory, options: ContractTestsOptions): void {
  const { clauses: patterns = ['*'], level = 'may', strict = false, seed = 'contract', slow, known = {} } = options
  const clauses = catalogue.filter(
    (clause) => providersOf(clause).includes(provider) && patterns.some((pattern) => isLike(pattern, clause.id)),
  )
  describe(`the contract of ${provider}`, () => {
    let opening: Promise<{ stage: Awaited<ReturnType<typeof createStage>>; bench: OpenBench }> | undefined
    const open = async () => {
      const stage = await createStage([provider], seed)
      return { stage, bench: await openBench(stage, inProcess(factory, { patienceMs }), provider) }
    }
    afterAll(async () => (await opening?.catch(() => undefined))?.stage.close())

    it.concurrent.for(longestFirst(clauses).map((clause) => [clause.id, clause.title, clause] as const))(
      '%s %s',
      async ([id, , clause], { skip }) => {
        opening ??= open()
        const { bench } = await opening
        const judged = await bench.judge(clause, { slow: slow ?? false, repeat: 1 })
        const { kind, why } = judged.verdict
        if (kind === 'not-applicable' || kind === 'not-run') skip(why)
        const fails = !quiet.has(kind) && counts(judged.verdict, level) && (kind !== 'warned' || strict)
        const reason = known[id]
        if (reason !== undefined && kind === 'kept')
          throw new Error(`${id} is kept now. It was known to fail: ${reason}`)
        if (fails && reason === undefined) throw new Error(told(judged, clause, seed))
      },
    )
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
