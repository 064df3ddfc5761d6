import { catalogue, providersOf } from '../catalogue.ts'
import { type Clause, type ClauseId, everywhere, type ProviderId } from '../clause.ts'
import type { Factory } from '../client-under-test.ts'
import { inProcess } from '../run/in-process.ts'
import { type RunOptions, run } from '../run/run.ts'
import { quiet, type Verdict } from '../verdict.ts'
import { carefulClient } from './careful-client.ts'

/** How a clause's mutant fared. */
export interface Kill {
  readonly clause: ClauseId
  readonly provider: ProviderId
  readonly bug: string
  /** Of each seed. */
  readonly verdicts: readonly Verdict[]
  readonly killed: boolean
  /** Clauses that the bug broke as well without having been declared. */
  readonly undeclared: readonly ClauseId[]
}

/** A good client of which a clause says something wrong. */
export interface FalseAlarm {
  readonly client: string
  readonly seed: string
  readonly verdict: Verdict
  /** Whether it is said a second time, when the clause is judged by itself. */
  readonly stands: boolean
}

const patienceMs = 15_000
const isFinding = ({ kind }: Verdict): boolean => kind === 'broken' || kind === 'warned'
const isFine = ({ kind }: Verdict): boolean => quiet.has(kind)

const judging = (
  factory: Factory,
  providers: readonly ProviderId[],
  clauses: readonly Clause[],
  seed: string,
  options: Pick<RunOptions, 'slow' | 'findingsOnly' | 'onVerdict'> = {},
) => run({ launcher: inProcess(factory, { patienceMs }), providers, clauses, seed, slow: true, ...options })

/** Where a clause's mutant is tried. */
const mutantAt = (clause: Clause): ProviderId | undefined => clause.mutant.at ?? providersOf(clause)[0]

/**
 * Tries a clause's mutant. What is not as it should be is judged once more by itself: what a busy machine did does not come again.
 * @param others the clauses that the bug must not break, judged with the first seed
 */
export async function tryMutant(clause: Clause, seeds: readonly string[], others = catalogue): Promise<Kill> {
  const provider = mutantAt(clause) ?? 'standard'
  const mutant = await carefulClient(clause.mutant)
  const alone = async (one: Clause, seed: string) => {
    const { judged } = await judging(mutant, [provider], [one], seed)
    return judged.map(({ verdict }) => verdict)
  }
  const verdicts: Verdict[] = []
  for (const seed of seeds) {
    const first = await alone(clause, seed)
    verdicts.push(...(first.some(isFinding) ? first : await alone(clause, seed)))
  }
  const [seed = ''] = seeds
  const drags = new Set<ClauseId>([clause.id, ...(clause.mutant.drags ?? [])])
  const rest = others.filter(({ id }) => !drags.has(id))
  const { judged } = await judging(mutant, [provider], rest, seed, { slow: false, findingsOnly: true })
  const undeclared: ClauseId[] = []
  for (const [place, { verdict }] of judged.entries()) {
    const again = isFinding(verdict) ? await alone(rest[place] as Clause, seed) : []
    if (again.some(isFinding)) undeclared.push(verdict.clause)
  }
  const killed = verdicts.length === seeds.length && verdicts.every(isFinding)
  return { clause: clause.id, provider, bug: clause.mutant.bug, verdicts, killed, undeclared }
}

/** What is said of a good client that should not be. */
export async function falseAlarms(
  client: string,
  factory: Factory,
  seeds: readonly string[],
  clauses: readonly Clause[],
  onVerdict: () => void,
): Promise<readonly FalseAlarm[]> {
  const alarms: FalseAlarm[] = []
  for (const seed of seeds) {
    const { judged } = await judging(factory, everywhere, clauses, seed, { onVerdict })
    for (const { verdict } of judged) {
      if (isFine(verdict)) continue
      const suspect = clauses.filter(({ id }) => id === verdict.clause)
      const again = await judging(factory, [verdict.provider as ProviderId], suspect, seed)
      alarms.push({ client, seed, verdict, stands: again.judged.some((one) => !isFine(one.verdict)) })
    }
  }
  return alarms
}
