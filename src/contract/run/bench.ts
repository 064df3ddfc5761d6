import { createHash } from 'node:crypto'
import { isFor } from '../catalogue.ts'
import { type Clause, isSlow, type ProviderId } from '../clause.ts'
import { type Foundation, foundations } from '../foundations.ts'
import type { Started } from '../protocol/messages.ts'
import { levelAt } from '../scope.ts'
import type { Verdict } from '../verdict.ts'
import { type Bench, type Judged, judge, wrongIn } from './judge.ts'
import { type Played, play } from './play.ts'
import type { Launcher, SharedProcess } from './running.ts'
import type { Stage } from './stage.ts'

/** How clauses are judged at a bench. */
export interface Way {
  /** Also those that need more real time. */
  readonly slow: boolean
  /** How often each. */
  readonly repeat: number
  /** Whether each story has processes of its own. */
  readonly alone?: boolean
}

/** A verdict, and the processes that other stories had as well. */
export interface Found extends Judged {
  readonly shared: readonly SharedProcess[]
}

/** A client at a provider, ready to be judged. */
export interface OpenBench {
  readonly started: Started
  judge(clause: Clause, way: Way): Promise<Found>
}

/** The client could not be started, or begins no login: nothing can be judged. */
export class NotCalibrated extends Error {
  override readonly name = 'NotCalibrated'
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
  const playing = (written: Pick<Clause, 'story' | 'env'>, name: string, control: boolean, alone: boolean) =>
    play({ stage, launcher, provider, written, name: worldOf(provider, name, control), control, alone })
  // Much hangs on it: one bad moment of the machine must not be held against all of that.
  const foundation = async (of: Foundation): Promise<Played> => {
    const once = () => playing({ story: foundations[of] }, of, false, true)
    const first = await once()
    return first.started === undefined || wrongIn(first) === undefined ? first : once()
  }
  const connects = await foundation('connects')
  const { started } = connects
  if (!started) throw new NotCalibrated(`The client could not be started: ${wrongIn(connects)}`)
  if (!connects.evidence.steps.some(({ op, answer }) => op === 'begin' && answer)) {
    throw new NotCalibrated(`The client begins no login at ${provider}: ${wrongIn(connects)}`)
  }
  const played = new Map<Foundation, Promise<Played>>([['connects', Promise.resolve(connects)]])
  const { assumed } = stage
  const bench: Omit<Bench, 'story'> = {
    ...{ provider, assumed, started, findingsOnly, given: stage.given(provider) },
    async foundation(of) {
      const wrong = wrongIn(connects) === undefined ? undefined : connects
      if (wrong) return wrong
      const found = played.get(of) ?? foundation(of)
      played.set(of, found)
      return wrongIn(await found) === undefined ? undefined : found
    },
  }
  return {
    started,
    async judge(clause, way) {
      const shared = new Set<SharedProcess>()
      const story: Bench['story'] = async (written, control) => {
        const told = await playing(written, written.id, control, way.alone ?? false)
        for (const process of told.shared) shared.add(process)
        return told
      }
      const judged = await judgedOf(clause, provider, assumed, way, () => judge(clause, { ...bench, story }))
      return { ...judged, shared: [...shared] }
    },
  }
}

/** Where a client begins no login: every clause is told, and why it is not judged. */
export const closedBench = ({ assumed }: Stage, provider: ProviderId, why: string): Pick<OpenBench, 'judge'> => ({
  async judge(clause, way) {
    const blocked = async () => unplayed(clause, provider, assumed, 'blocked', why)
    return { ...(await judgedOf(clause, provider, assumed, { ...way, repeat: 1 }, blocked)), shared: [] }
  },
})

/** The client sees it in its URLs: nothing in it tells what it is judged by. */
const worldOf = (provider: ProviderId, story: string, control: boolean): string =>
  createHash('sha256').update(`${provider} ${story} ${control}`).digest('hex').slice(0, 12)

const unplayed = (
  clause: Clause,
  provider: ProviderId,
  assumed: string | undefined,
  kind: Verdict['kind'],
  why: string,
): Judged => ({
  verdict: {
    ...{ clause: clause.id, provider, assumed, level: levelAt(clause, provider) },
    ...{ kind, why, shownBy: [], tookMs: 0 },
  },
})

async function judgedOf(
  clause: Clause,
  provider: ProviderId,
  assumed: string | undefined,
  { slow, repeat }: Way,
  once: () => Promise<Judged>,
): Promise<Judged> {
  if (!isFor(clause, provider)) {
    return unplayed(clause, provider, assumed, 'not-applicable', 'The provider does not ask for it.')
  }
  if (isSlow(clause) && !slow) {
    return unplayed(clause, provider, assumed, 'not-run', 'It needs more real time: --slow.')
  }
  const all: Judged[] = []
  for (let time = 0; time < repeat; time++) all.push(await once())
  const [one] = all as [Judged, ...Judged[]]
  if (all.every(({ verdict }) => verdict.kind === one.verdict.kind)) return one
  const worst = all.find(({ verdict }) => verdict.kind !== 'kept') ?? one
  const kinds = all.map(({ verdict }) => verdict.kind).join(', ')
  const why = `Runs differ (${kinds}): ${worst.verdict.why}`
  return { ...worst, verdict: { ...worst.verdict, kind: 'broken', why, flaky: true } }
}
