import type { ArmedFault } from '../../world/faults.ts'
import type { FaultAct } from '../../world/journal.ts'
import type { Outcome, Visit } from '../visit.ts'
import { callOf } from './call.ts'
import { by } from './delivery.ts'
import { strikes } from './strikes.ts'
import type { Act, Strike } from './struck.ts'

const strikeOf = ({ fault }: ArmedFault) => strikes[fault.kind as keyof typeof strikes] as Strike<unknown>

const forgotten: Outcome = { response: by({ drop: true }), forgotten: true }

/** Lets what was armed strike a call: before the work, in its place, or after it was really done. */
export async function misbehave(visit: Visit, work: (visit: Visit) => Promise<Outcome>): Promise<Outcome> {
  const striking = visit.world.faults.strike(callOf(visit), visit.now)
  if (striking.length === 0) return work(visit)
  const acts: Act[] = []
  try {
    return await strike(visit, work, striking, acts)
  } finally {
    for (const { done } of acts) done?.()
  }
}

async function strike(
  visit: Visit,
  work: (visit: Visit) => Promise<Outcome>,
  striking: readonly ArmedFault[],
  acts: Act[],
): Promise<Outcome> {
  const faults: FaultAct[] = []
  const note = ({ id, at, fault }: ArmedFault, act: Act) => {
    acts.push(act)
    faults.push({ id, kind: fault.kind, at, words: act.words, ...(fault.cites && { cites: fault.cites }) })
  }
  for (const one of striking.filter(({ at }) => at === 'before')) {
    const struck = await strikeOf(one).before?.(visit, one.fault, one.id)
    if (!struck) continue
    if ('forgotten' in struck) return forgotten
    note(one, struck)
    if (struck.outcome) return { ...struck.outcome, faults }
  }
  // Whoever was made to wait is judged by the time that it is now.
  const outcome = await work({ ...visit, now: visit.world.clock.now() })
  let { response } = outcome
  for (const one of striking.filter(({ at }) => at === 'after')) {
    const struck = await strikeOf(one).after?.(visit, one.fault, response, one.id)
    if (!struck) continue
    if ('forgotten' in struck) return forgotten
    note(one, struck)
    response = struck.response ?? response
  }
  return { ...outcome, response, faults, ...(response !== outcome.response && { done: outcome.response }) }
}
