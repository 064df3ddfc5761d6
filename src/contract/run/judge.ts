import type { Clause, Given, ProviderId } from '../clause.ts'
import type { Started } from '../protocol/messages.ts'
import { features } from '../protocol/messages.ts'
import { levelAt } from '../scope.ts'
import type { Verdict, VerdictKind } from '../verdict.ts'
import { pointless } from './given.ts'
import type { Played } from './play.ts'
import { untrue, unwell } from './truth.ts'

/** A verdict, and the story that shows it. */
export interface Judged {
  readonly verdict: Verdict
  readonly played?: Played | undefined
}

/** How stories are played for a clause at a provider. */
export interface Bench {
  readonly provider: ProviderId
  readonly assumed: string | undefined
  /** What the client claims. */
  readonly started: Started
  /** What the provider gives, with what is presumed. */
  readonly given: ReadonlySet<Given>
  /** What a clause builds upon, where it does not go well. */
  foundation(of: 'connects' | 'refreshes'): Promise<Played | undefined>
  story(clause: Clause, control: boolean): Promise<Played>
  /** Whether a control is played only where something is wrong: what is kept is then not yet known to be. */
  readonly findingsOnly: boolean
}

/** Plays and judges one clause. */
export async function judge(clause: Clause, bench: Bench): Promise<Judged> {
  const missing = pointless(clause, bench.given) ?? unclaimed(clause, bench.started)
  const verdict = (kind: VerdictKind, why = '', shownBy: readonly string[] = [], tookMs = 0): Verdict => ({
    clause: clause.id,
    provider: bench.provider,
    ...(bench.assumed !== undefined && { assumed: bench.assumed }),
    level: levelAt(clause, bench.provider),
    ...{ kind, why, shownBy, tookMs },
  })
  if (missing !== undefined) return { verdict: verdict('not-applicable', missing) }
  if (clause.after) {
    const played = await bench.foundation(clause.after)
    if (played) return { verdict: verdict('blocked', `${clause.after}: ${wrongIn(played)}`), played }
  }
  const played = await bench.story(clause, false)
  const { evidence, problem, halted, tookMs } = played
  const say = (kind: VerdictKind, why = '', shownBy: readonly string[] = []): Judged => ({
    verdict: verdict(kind, why, shownBy, tookMs),
    played,
  })
  if (problem && problem.kind !== 'configuration') return say('driver-error', problem.message)
  const worse = levelAt(clause, bench.provider).word === 'must' ? 'broken' : 'warned'
  const unreached: VerdictKind = clause.needs?.features?.length ? 'untestable' : 'inconclusive'
  const [death] = evidence.deaths
  const finding = death || (halted !== undefined && !clause.judge(evidence)) ? undefined : clause.judge(evidence)
  const missed = finding ? undefined : clause.missed?.(evidence)
  // Whether what was seen is the fault's doing shows the same story without it.
  if (clause.control !== false && (death || finding || !bench.findingsOnly)) {
    const wrong = wrongIn(await bench.story(clause, true))
    if (wrong !== undefined) return say('inconclusive', `Without the fault it does not go well either: ${wrong}.`)
  }
  if (death) return say(worse, `ended by itself: ${death.how}`)
  if (finding) return say(worse, finding.saw, finding.shownBy)
  if (halted !== undefined) return say('inconclusive', halted)
  if (missed !== undefined) return say(unreached, `Not reached: ${missed}.`)
  const lie = untrue(evidence)
  if (lie !== undefined) return say('inconclusive', `The driver does not tell the truth: ${lie}.`)
  return say('kept')
}

/** Why a story without its faults did not go well, if so. */
export const wrongIn = ({ evidence, halted, problem }: Played): string | undefined =>
  problem?.message ?? evidence.deaths[0]?.how ?? halted ?? unwell(evidence)

function unclaimed({ needs = {} }: Clause, { ops, features: claimed }: Started): string | undefined {
  const feature = needs.features?.find((one) => !claimed[one])
  if (feature) return `Not claimed: ${feature} (${features[feature]}).`
  const op = needs.ops?.find((one) => !ops.includes(one))
  return op && `Not claimed: ${op}.`
}
