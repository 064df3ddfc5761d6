import type { Clause, Given, ProviderId } from '../clause.ts'
import type { Foundation } from '../foundations.ts'
import { type Feature, features, opOf, type Started } from '../protocol/messages.ts'
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
  foundation(of: Foundation): Promise<Played | undefined>
  story(clause: Clause, control: boolean): Promise<Played>
  /** Whether a control is played only where something is wrong: what is kept is then not yet known to be. */
  readonly findingsOnly: boolean
}

/** Plays and judges one clause. */
export async function judge(clause: Clause, bench: Bench): Promise<Judged> {
  const verdict = (kind: VerdictKind, why = '', shownBy: readonly string[] = [], tookMs = 0): Verdict => ({
    clause: clause.id,
    provider: bench.provider,
    ...(bench.assumed !== undefined && { assumed: bench.assumed }),
    level: levelAt(clause, bench.provider),
    ...{ kind, why, shownBy, tookMs },
  })
  const vain = pointless(clause, bench.given)
  if (vain !== undefined) return { verdict: verdict('not-applicable', vain) }
  const lack = unmet(clause, bench.started)
  if (lack) return { verdict: verdict(...lack) }
  const foundation = async (of: Foundation, kind: VerdictKind): Promise<Judged | undefined> => {
    const played = await bench.foundation(of)
    return played && { verdict: verdict(kind, `${of}, tried twice: ${wrongIn(played)}`), played }
  }
  const claimsConcurrent = clause.needs?.features?.includes('concurrent')
  const without =
    (clause.after && (await foundation(clause.after, 'blocked'))) ??
    (claimsConcurrent && (await foundation('concurrent', 'untestable')))
  if (without) return without
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

/** Why a client cannot be judged by a clause, if so: what it does not claim, or claims without having it. */
function unmet({ needs = {} }: Clause, { ops, features: claimed }: Started): [VerdictKind, string] | undefined {
  const { features: needed = [] } = needs
  const feature = needed.find((one) => !claimed[one])
  if (feature) return ['not-applicable', `Not claimed: ${feature} (${features[feature]}).`]
  const op = [...(needs.ops ?? []), ...needed.flatMap((one) => opOf[one] ?? [])].find((one) => !ops.includes(one))
  if (!op) return undefined
  const hollow = Object.keys(opOf).find((one) => opOf[one as Feature] === op && claimed[one as Feature])
  return hollow ? ['untestable', `Claims ${hollow} without ${op}.`] : ['not-applicable', `Not claimed: ${op}.`]
}
