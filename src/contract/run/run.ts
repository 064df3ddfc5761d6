import { type Clause, longestFirst, type ProviderId } from '../clause.ts'
import type { Started } from '../protocol/messages.ts'
import { closedBench, type Found, NotCalibrated, type OpenBench, openBench } from './bench.ts'
import type { Judged } from './judge.ts'
import { settled } from './late-ends.ts'
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
  /** Told of each verdict as it comes, and of how many will come; not of what is judged once more in the end. */
  readonly onVerdict?: (judged: Judged, total: number) => void
}

/** What a run has found, in the order of providers and of the catalogue. */
export interface Run {
  readonly started: Started
  readonly judged: readonly Judged[]
}

/**
 * Judges a client.
 * @throws {NotCalibrated}
 */
export async function run(options: RunOptions): Promise<Run> {
  const { launcher, slow = false, repeat = 1 } = options
  const stages = await stagesOf(options)
  try {
    const { started, benches } = await benchesOf(stages, options)
    const jobs = benches.flatMap((bench) =>
      options.clauses.map((clause) => ({ bench, clause, seconds: clause.seconds })),
    )
    type Job = (typeof jobs)[number]
    const judging = (some: readonly Job[], alone: boolean, tell = (_: Judged) => {}) => {
      const found = new Map<Job, Found>()
      return pooled(longestFirst(some), launcher.parallel, async (job) => {
        const judged = await job.bench.judge(job.clause, { slow, repeat, alone })
        tell(judged)
        found.set(job, judged)
      }).then(() => found)
    }
    const found = await judging(jobs, false, (judged) => options.onVerdict?.(judged, jobs.length))
    // Only now is it known of each process how it ended.
    await launcher.close()
    const verdicts = await settled(found, (doubtful) => judging(doubtful, true))
    return { started, judged: jobs.flatMap((job) => verdicts.get(job) ?? []) }
  } finally {
    await launcher.close()
    await Promise.all(stages.map((stage) => stage.close()))
  }
}

/**
 * Where a client begins a login, and where it does not, as one that is written for a single provider.
 * @throws {NotCalibrated} where it begins none anywhere
 */
async function benchesOf(stages: readonly Stage[], { launcher, providers, seed, findingsOnly }: RunOptions) {
  const failures: NotCalibrated[] = []
  const open = async (stage: Stage, provider: ProviderId) => {
    try {
      return await openBench(stage, launcher, provider, findingsOnly)
    } catch (error) {
      if (!(error instanceof NotCalibrated)) throw error
      failures.push(error)
      return closedBench(stage, provider, error.message)
    }
  }
  const benches = await Promise.all(
    stages.flatMap((stage) =>
      providers
        .filter((provider) => stage.assumed === undefined || stage.assumed.startsWith(`${provider}.`))
        .map((provider) => open(stage, provider)),
    ),
  )
  const first = benches.find((bench): bench is OpenBench => 'started' in bench)
  if (!first) throw failures[0] ?? new NotCalibrated(`Nothing is played with the seed ${seed}.`)
  return { started: first.started, benches }
}

async function stagesOf({ providers, seed, assume, unknowns }: RunOptions): Promise<readonly Stage[]> {
  const usual = await createStage(providers, seed, assume)
  if (!unknowns) return [usual]
  const choices = providers.flatMap((provider) => choicesOf(usual.mock, provider))
  const others = choices.map(({ provider, choice }) => createStage([provider], seed, choice))
  return [usual, ...(await Promise.all(others))]
}
