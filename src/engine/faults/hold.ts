import type { Misbehaviours } from '../../vocabulary/fault.ts'
import type { Visit } from '../visit.ts'
import type { Strike, Struck } from './struck.ts'

/** Requests wait for each other, and are let go together or one after another. */
export const hold: Strike<Misbehaviours['hold']> = {
  before: (visit, rule, id) => wait(visit, rule, id, 'before anything was done'),
  after: (visit, rule, _, id) => wait(visit, rule, id, 'with its answer, after all was done'),
}

async function wait({ world }: Visit, rule: Misbehaviours['hold'], id: string, when: string): Promise<Struck> {
  const turn = await world.holds.join(id, rule)
  if (!turn) return { forgotten: true }
  return { words: `held ${when}, and let go as number ${turn.place} of ${turn.of}`, done: turn.done }
}
