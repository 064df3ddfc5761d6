import { findClause } from '../../src/contract/catalogue.ts'
import type { ClauseId, Mutant, ProviderId } from '../../src/contract/clause.ts'
import type { ClientUnderTest } from '../../src/contract/client-under-test.ts'
import { inProcess } from '../../src/contract/run/in-process.ts'
import { run } from '../../src/contract/run/run.ts'
import { carefulClient } from '../../src/contract/self-test/careful-client.ts'

export type Change = Pick<Mutant, 'find' | 'replace'>
export type Wrap = (client: ClientUnderTest) => ClientUnderTest

const asItIs: Wrap = (client) => client

/** The verdicts on the careful client with a change of its text, behind something that changes what it does. */
export async function verdictsOn(
  clauses: readonly ClauseId[],
  provider: ProviderId,
  change: Change | undefined,
  wrap = asItIs,
) {
  const make = await carefulClient(change)
  const { judged } = await run({
    launcher: inProcess(async (env, log) => wrap(await make(env, log)), { patienceMs: 15_000 }),
    providers: [provider],
    clauses: clauses.flatMap((id) => findClause(id) ?? []),
    seed: 'false greens',
    slow: true,
  })
  return Object.fromEntries(judged.map(({ verdict }) => [verdict.clause, verdict.kind]))
}
