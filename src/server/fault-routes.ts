import { armFaultFor, type FaultInput, listFaults, removeFault } from '../control/faults.ts'
import { releaseFault } from '../control/holds.ts'
import { faultLine, faultSchema } from '../vocabulary/fault-schema.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'
import type { ControlRoute } from './control-route.ts'
import { object } from './schema.ts'

/** Deliberate misbehaviour. */
export const faultRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/faults',
    summary: 'What is armed, how often each could have fired and has, and how many requests wait at a hold',
    answer: (world) => listFaults(world),
  },
  {
    method: 'POST',
    path: '/faults',
    summary: 'Arms a fault: what goes wrong, where, and for which calls',
    body: { type: 'object' },
    document: { anyOf: [object({ fault: faultLine }, ['fault']), ...faultSchema.anyOf] },
    status: 201,
    answer: (world, { body }) => armFaultFor(world, inputOf(body)),
  },
  {
    method: 'DELETE',
    path: '/faults/:id',
    summary: 'Takes a fault away; whoever it holds is let go',
    answer: (world, { id }) => removeFault(world, id),
  },
  {
    method: 'POST',
    path: '/faults/:id/release',
    summary: 'Lets go whoever a hold holds, full or not',
    answer: (world, { id }) => releaseFault(world, id),
  },
]

function inputOf(body: object): FaultInput {
  const { fault, ...parts } = body as { fault?: unknown }
  if (typeof fault !== 'string') return body as FaultInput
  if (Object.keys(parts).length === 0) return fault
  const message = `A fault is given on one line ("fault") or by its parts (${Object.keys(parts).join(', ')}), not by both.`
  throw new MockOAuthError('invalid_fault', message)
}
