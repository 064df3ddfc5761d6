import { armFault, listFaults, removeFault } from '../control/faults.ts'
import type { Fault } from '../vocabulary/fault.ts'
import { faultSchema } from '../vocabulary/fault-schema.ts'
import type { ControlRoute } from './control-route.ts'

/** Deliberate misbehaviour. */
export const faultRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/faults',
    summary: 'What is armed, and how often each has fired',
    answer: (world) => listFaults(world),
  },
  {
    method: 'POST',
    path: '/faults',
    summary: 'Arms a fault: what goes wrong, where, and for which calls',
    body: { type: 'object' },
    document: faultSchema,
    status: 201,
    answer: (world, { body }) => armFault(world, body as Fault),
  },
  {
    method: 'DELETE',
    path: '/faults/:id',
    summary: 'Takes a fault away',
    answer: (world, { id }) => removeFault(world, id),
  },
]
