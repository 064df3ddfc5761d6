import { type Fault, type FaultKind, faultMoments } from '../vocabulary/fault.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'
import type { ArmedFault } from '../world/faults.ts'
import type { World } from '../world/world.ts'
import { judgeWebhookFault } from './webhook-faults.ts'

/** A fault as it is shown: what was armed, and how often it fired. */
export type FaultShown = Fault & Pick<ArmedFault, 'id' | 'seen' | 'fired'>

/** What a reset tells of what it forgot. */
export interface ResetReport {
  /** Faults that never fired: a test that armed one has perhaps not tested what it meant to. */
  readonly unfired: readonly FaultShown[]
}

const shown = ({ id, fault, at, seen, fired }: ArmedFault): FaultShown =>
  ({ id, ...fault, ...(fault.on !== 'webhook' && { at }), seen, fired }) as FaultShown

/**
 * Arms a fault. One that could never fire is refused.
 * @throws {MockOAuthError} `invalid_fault`, `unknown_provider`, `unknown_client`
 */
export function armFault(world: World, fault: Fault): FaultShown {
  if (fault.on === 'webhook') judgeWebhookFault(world.environments, fault)
  const [usual = 'before'] = faultMoments[fault.kind as FaultKind] ?? []
  return shown(world.faults.arm(fault, ('at' in fault && fault.at) || usual))
}

/** What is armed, and how often each has fired. */
export const listFaults = ({ faults }: World): readonly FaultShown[] => faults.list().map(shown)

/**
 * Takes a fault away.
 * @throws {MockOAuthError} `unknown_fault`
 */
export function removeFault({ faults, outbox }: World, id: string): void {
  outbox.release(id)
  if (faults.remove(id)) return
  const known = faults.list().map((one) => one.id)
  throw new MockOAuthError('unknown_fault', `There is no fault "${id}". Armed: ${known.join(', ') || 'none'}.`)
}

/** Back to the state just after the start; with another seed, where one is given. */
export async function resetWorld(world: World, seed?: string): Promise<ResetReport> {
  const unfired = world.faults.unfired().map(shown)
  await world.reset(seed)
  return { unfired }
}
