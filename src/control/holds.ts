import { MockOAuthError } from '../vocabulary/misuse.ts'
import type { World } from '../world/world.ts'
import { armedFault } from './faults.ts'

/** What became of those who were held. */
export interface Released {
  /** How many waited and were let go. */
  readonly released: number
}

/**
 * Lets go whoever waits at a barrier, full or not. Where nobody waits it stays armed.
 * @throws {MockOAuthError} `unknown_fault`, `invalid_fault` for another kind
 */
export function releaseFault(world: World, id: string): Released {
  checkHold(world, id)
  return { released: world.holds.release(id) }
}

/**
 * Returns once so many wait at a barrier, or have come to it when it opened.
 * @throws {MockOAuthError} `unknown_fault`, also when the fault goes meanwhile; `invalid_fault` for another kind
 */
export async function gatheredAt(world: World, id: string, count: number): Promise<void> {
  checkHold(world, id)
  if (await world.holds.gathered(id, count)) return
  throw new MockOAuthError('unknown_fault', `${id} was taken away before ${count} requests were waiting at it.`)
}

function checkHold(world: World, id: string): void {
  const { kind } = armedFault(world, id).fault
  if (kind === 'hold') return
  throw new MockOAuthError('invalid_fault', `${id} holds nobody: it is a fault of the kind ${kind}. Expected a hold.`)
}
