import { letsThrough } from '../../vocabulary/fault.ts'
import type { HttpResponse } from '../../vocabulary/wire.ts'
import type { ArmedFault, Call } from '../../world/faults.ts'
import type { FaultAct } from '../../world/journal.ts'
import type { FaultOrder } from '../orders.ts'
import type { Outcome, Visit } from '../visit.ts'
import { callOf } from './call.ts'
import { by } from './delivery.ts'
import { strikes } from './strikes.ts'
import type { Act, Strike } from './struck.ts'

const strikeOf = ({ fault }: ArmedFault) => strikes[fault.kind as keyof typeof strikes] as Strike<unknown>

const forgotten: Outcome = { response: by({ drop: true }), forgotten: true }

const noted = ({ id, at, fault }: ArmedFault, { words }: Act): FaultAct => ({
  id,
  kind: fault.kind,
  at,
  words,
  ...(fault.cites && { cites: fault.cites }),
})

/**
 * Lets what was armed strike a call: before the work, in its place, or after it was really done. At the authorization
 * endpoint the work is done when the browser goes back to the client; what only leads on to a page does not count.
 */
export async function misbehave(visit: Visit, work: (visit: Visit) => Promise<Outcome>): Promise<Outcome> {
  const acts: Act[] = []
  try {
    return await strike(visit, work, acts)
  } finally {
    for (const { done } of acts) done?.()
  }
}

async function strike(visit: Visit, work: (visit: Visit) => Promise<Outcome>, acts: Act[]): Promise<Outcome> {
  const { world, now, route } = visit
  const call = await callOf(visit)
  const before = world.faults.strike(call, now, 'before')
  const isAnswered = before.some(({ fault }) => !letsThrough.has(fault.kind))
  const isLate = route.endpoint === 'authorize'
  let late = isAnswered ? [] : isLate ? undefined : world.faults.strike(call, now, 'after')
  const after = () => (late ??= world.faults.strike(call, now, 'after'))

  const faults: FaultAct[] = []
  const note = (one: ArmedFault, act: Act) => {
    acts.push(act)
    faults.push(noted(one, act))
  }
  for (const one of before) {
    const struck = await strikeOf(one).before?.(visit, one.fault, one.id)
    if (!struck) continue
    if ('forgotten' in struck) return forgotten
    note(one, struck)
    if (struck.outcome) return { ...(await knownOf(visit, call)), ...struck.outcome, faults }
  }

  const orders = new Map<ArmedFault, FaultOrder>()
  const order = async () => {
    for (const one of after()) {
      const wanted = await strikeOf(one).order?.(visit, one.fault, call)
      if (wanted) orders.set(one, wanted)
    }
    return [...orders.values()]
  }
  // Whoever was made to wait is judged by the time and the rules that hold now.
  const waited = before.length > 0 ? { ...visit, now: world.clock.now(), environment: asItIsNow(visit) } : visit
  const outcome = await work({ ...waited, orders: order })
  let sent = outcome
  for (const one of isLate && !outcome.returns ? [] : after()) {
    const done = { outcome: sent, call, order: orders.get(one) }
    const struck = await strikeOf(one).after?.(visit, one.fault, sent.response, one.id, done)
    if (!struck) continue
    if ('forgotten' in struck) return forgotten
    note(one, struck)
    sent = { ...sent, ...struck.outcome }
    const response = struck.response ?? sent.response
    sent = { ...sent, response: carried(done.outcome.response, response) }
  }
  if (faults.length === 0) return outcome
  return { ...sent, faults, ...(sent.response !== outcome.response && { done: outcome.response }) }
}

const asItIsNow = ({ world, environment }: Visit) =>
  world.environments.find(({ key }) => key === environment.key) ?? environment

/** An answer that goes on its way as the one before it would have. */
const carried = (before: HttpResponse, response: HttpResponse): HttpResponse =>
  before.delivery ? { ...response, delivery: { ...before.delivery, ...response.delivery } } : response

/** What the journal is told of a call that the engine has not seen. */
async function knownOf({ world, environment }: Visit, { clientId = '', grantType }: Call): Promise<Partial<Outcome>> {
  const client = await world.store.findClient(environment.key, clientId)
  return { ...(client && { clientId: client.id }), ...(grantType !== undefined && { grantType }) }
}
