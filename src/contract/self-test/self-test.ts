import { catalogue, providersOf } from '../catalogue.ts'
import { type Clause, type ClauseId, everywhere, type ProviderId } from '../clause.ts'
import type { Factory } from '../client-under-test.ts'
import { inProcess } from '../run/in-process.ts'
import { run } from '../run/run.ts'
import type { Verdict, VerdictKind } from '../verdict.ts'
import { carefulClient } from './careful-client.ts'

/** How a clause's mutant fared. */
export interface Kill {
  readonly clause: ClauseId
  readonly provider: ProviderId
  readonly bug: string
  /** Of each seed. */
  readonly verdicts: readonly Pick<Verdict, 'kind' | 'why'>[]
  readonly killed: boolean
  /** Clauses that the bug broke as well without having been declared. */
  readonly undeclared: readonly ClauseId[]
}

/** A good client of which a clause says something wrong. */
export interface FalseAlarm {
  readonly client: string
  readonly seed: string
  readonly verdict: Verdict
}

const patienceMs = 15_000
const found: ReadonlySet<VerdictKind> = new Set(['broken', 'warned'])
const fine: ReadonlySet<VerdictKind> = new Set(['kept', 'not-applicable', 'not-run'])

const judging = (
  factory: Factory,
  providers: readonly ProviderId[],
  clauses: readonly Clause[],
  seed: string,
  findingsOnly = false,
) => run({ launcher: inProcess(factory, { patienceMs }), providers, clauses, seed, slow: !findingsOnly, findingsOnly })

/** Where a clause's mutant is tried. */
const mutantAt = (clause: Clause): ProviderId | undefined => clause.mutant.at ?? providersOf(clause)[0]

/**
 * Tries a clause's mutant.
 * @param others the clauses that the bug must not break, judged with the first seed
 */
export async function tryMutant(clause: Clause, seeds: readonly string[], others = catalogue): Promise<Kill> {
  const provider = mutantAt(clause) ?? 'standard'
  const mutant = await carefulClient(clause.mutant)
  const verdicts: Pick<Verdict, 'kind' | 'why'>[] = []
  for (const seed of seeds) {
    const [own] = (await judging(mutant, [provider], [clause], seed)).judged
    if (own) verdicts.push({ kind: own.verdict.kind, why: own.verdict.why })
  }
  const [seed = ''] = seeds
  const drags = new Set<ClauseId>([clause.id, ...(clause.mutant.drags ?? [])])
  const rest = others.filter(({ id }) => !drags.has(id))
  const { judged } = await judging(mutant, [provider], rest, seed, true)
  const undeclared = judged.flatMap(({ verdict }) => (found.has(verdict.kind) ? [verdict.clause] : []))
  const killed = verdicts.length === seeds.length && verdicts.every(({ kind }) => found.has(kind))
  return { clause: clause.id, provider, bug: clause.mutant.bug, verdicts, killed, undeclared }
}

/** What is said of a good client that should not be. */
export async function falseAlarms(
  client: string,
  factory: Factory,
  seeds: readonly string[],
  clauses = catalogue,
): Promise<readonly FalseAlarm[]> {
  const alarms: FalseAlarm[] = []
  for (const seed of seeds) {
    const { judged } = await judging(factory, everywhere, clauses, seed)
    for (const { verdict } of judged) if (!fine.has(verdict.kind)) alarms.push({ client, seed, verdict })
  }
  return alarms
}
