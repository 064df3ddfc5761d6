import { createHash } from 'node:crypto'
import { isFor } from '../catalogue.ts'
import { type Clause, isSlow, longestFirst, type ProviderId } from '../clause.ts'
import { foundations } from '../foundations.ts'
import type { Started } from '../protocol/messages.ts'
import { levelAt } from '../scope.ts'
import type { Verdict } from '../verdict.ts'
import { type Bench, type Judged, judge, wrongIn } from './judge.ts'
import { type Played, play } from './play.ts'
import { pooled } from './pooled.ts'
import type { Launcher } from './running.ts'
import { createStage, type Stage } from './stage.ts'
import { choicesOf } from './unknowns.ts'

/** What is judged, and how. */
export interface RunOptions {
  readonly launcher: Launcher
  readonly providers: readonly ProviderId[]
  /** Those of the catalogue that were chosen; where each is for is looked up. */
  readonly clauses: readonly Clause[]
  readonly seed: string
  /** Also what needs more real time. */
  readonly slow?: boolean
  /** This behaviour in place of the usual one: `mekari.errors=kong`. */
  readonly assume?: string
  /** Also with each behaviour that is plausible where a page is silent. */
  readonly unknowns?: boolean
  /** How often each clause is judged. Default: once. */
  readonly repeat?: number
  /** Only findings count: what is kept needs no control. For the self-test, which asks what a bug breaks besides. */
  readonly findingsOnly?: boolean
  /** Told of each verdict as it comes, and of how many will come. */
  readonly onVerdict?: (judged: Judged, total: number) => void
}

/** What a run has found, in the order of providers and of the catalogue. */
export interface Run {
  readonly started: Started
  readonly judged: readonly Judged[]
}

/** The client could not be started, or begins no login: nothing can be judged. */
export class NotCalibrated extends Error {
  override readonly name = 'NotCalibrated'
}

/**
 * Judges a client.
 * @throws {NotCalibrated}
 */
export async function run(options: RunOptions): Promise<Run> {
  const { launcher, providers, seed, slow = false, repeat = 1 } = options
  const stages = await stagesOf(options)
  try {
    const benches = await Promise.all(
      stages.flatMap((stage) =>
        providers
          .filter((provider) => stage.assumed === undefined || stage.assumed.startsWith(`${provider}.`))
          .map((provider) => openBench(stage, launcher, provider, options.findingsOnly)),
      ),
    )
    const [first] = benches
    if (!first) throw new NotCalibrated(`Nothing is played with the seed ${seed}.`)
    const jobs = benches.flatMap((bench) =>
      options.clauses.map((clause) => ({ bench, clause, seconds: clause.seconds })),
    )
    const verdicts = new Map<object, Judged>()
    await pooled(longestFirst(jobs), launcher.parallel, async (job) => {
      const judged = await job.bench.judge(job.clause, { slow, repeat })
      options.onVerdict?.(judged, jobs.length)
      verdicts.set(job, judged)
    })
    return { started: first.started, judged: jobs.flatMap((job) => verdicts.get(job) ?? []) }
  } finally {
    await launcher.close()
    await Promise.all(stages.map((stage) => stage.close()))
  }
}

async function stagesOf({ providers, seed, assume, unknowns }: RunOptions): Promise<readonly Stage[]> {
  const usual = await createStage(providers, seed, assume)
  if (!unknowns) return [usual]
  const choices = providers.flatMap((provider) => choicesOf(usual.mock, provider))
  const others = choices.map(({ provider, choice }) => createStage([provider], seed, choice))
  return [usual, ...(await Promise.all(others))]
}

/** How often a clause is judged, and whether also one that needs more real time. */
interface Repetition {
  readonly slow: boolean
  readonly repeat: number
}

/** A client at a provider, ready to be judged. */
export interface OpenBench {
  readonly started: Started
  judge(clause: Clause, repetition: Repetition): Promise<Judged>
}

/**
 * Finds out whether a client connects at all.
 * @throws {NotCalibrated}
 */
export async function openBench(
  stage: Stage,
  launcher: Launcher,
  provider: ProviderId,
  findingsOnly = false,
): Promise<OpenBench> {
  const playing = (written: Pick<Clause, 'story' | 'env'>, name: string, control: boolean): Promise<Played> =>
    play({ stage, launcher, provider, written, name: worldOf(provider, name, control), control })
  const foundation = (of: keyof typeof foundations) => playing({ story: foundations[of] }, of, false)
  const connects = await foundation('connects')
  if (!connects.started) throw new NotCalibrated(`The client could not be started: ${wrongIn(connects)}`)
  if (!connects.evidence.steps.some(({ op, answer }) => op === 'begin' && answer)) {
    throw new NotCalibrated(`The client begins no login at ${provider}: ${wrongIn(connects)}`)
  }
  const unlessWell = (played: Played) => (wrongIn(played) === undefined ? undefined : played)
  let refreshes: Promise<Played | undefined> | undefined
  const bench: Bench = {
    provider,
    assumed: stage.assumed,
    started: connects.started,
    given: stage.given(provider),
    findingsOnly,
    async foundation(of) {
      const wrong = unlessWell(connects)
      if (of === 'connects' || wrong) return wrong
      refreshes ??= foundation('refreshes').then(unlessWell)
      return refreshes
    },
    story: (clause, control) => playing(clause, clause.id, control),
  }
  return { started: bench.started, judge: (clause, repetition) => judgedOf(clause, bench, repetition) }
}

/** The client sees it in its URLs: nothing in it tells what it is judged by. */
const worldOf = (provider: ProviderId, story: string, control: boolean): string =>
  createHash('sha256').update(`${provider} ${story} ${control}`).digest('hex').slice(0, 12)

async function judgedOf(clause: Clause, bench: Bench, { slow, repeat }: Repetition): Promise<Judged> {
  const { provider, assumed } = bench
  const unplayed = (kind: Verdict['kind'], why: string): Judged => ({
    verdict: {
      ...{ clause: clause.id, provider, assumed, level: levelAt(clause, provider) },
      ...{ kind, why, shownBy: [], tookMs: 0 },
    },
  })
  if (!isFor(clause, provider)) return unplayed('not-applicable', 'The provider does not ask for it.')
  if (isSlow(clause) && !slow) return unplayed('not-run', 'It needs more real time: --slow.')
  const all: Judged[] = []
  for (let time = 0; time < repeat; time++) all.push(await judge(clause, bench))
  const [one] = all as [Judged, ...Judged[]]
  if (all.every(({ verdict }) => verdict.kind === one.verdict.kind)) return one
  const worst = all.find(({ verdict }) => verdict.kind !== 'kept') ?? one
  const kinds = all.map(({ verdict }) => verdict.kind).join(', ')
  const why = `Runs differ (${kinds}): ${worst.verdict.why}`
  return { ...worst, verdict: { ...worst.verdict, kind: 'broken', why, flaky: true } }
}
