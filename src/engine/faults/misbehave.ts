import type { ArmedFault } from '../../world/faults.ts'
import type { FaultAct } from '../../world/journal.ts'
import type { Outcome, Visit } from '../visit.ts'
import { callOf } from './call.ts'
import { strikes } from './strikes.ts'
import type { Strike, Struck } from './struck.ts'

const strikeOf = ({ fault }: ArmedFault) => strikes[fault.kind as keyof typeof strikes] as Strike<unknown>

/** Lets what was armed strike a call: before the work, in its place, or after it was really done. */
export async function misbehave(visit: Visit, work: (visit: Visit) => Promise<Outcome>): Promise<Outcome> {
  const striking = visit.world.faults.strike(callOf(visit), visit.now)
  if (striking.length === 0) return work(visit)
  const acts: FaultAct[] = []
  const note = ({ id, at, fault }: ArmedFault, { words }: Struck) =>
    acts.push({ id, kind: fault.kind, at, words, ...(fault.cites && { cites: fault.cites }) })

  for (const one of striking.filter(({ at }) => at === 'before')) {
    const struck = await strikeOf(one).before?.(visit, one.fault, one.id)
    if (struck) note(one, struck)
    if (struck?.outcome) return { ...struck.outcome, faults: acts }
  }
  const outcome = await work(visit)
  let { response } = outcome
  for (const one of striking.filter(({ at }) => at === 'after')) {
    const struck = await strikeOf(one).after?.(visit, one.fault, response, one.id)
    if (struck) note(one, struck)
    response = struck?.response ?? response
  }
  return { ...outcome, response, faults: acts, ...(response !== outcome.response && { done: outcome.response }) }
}
