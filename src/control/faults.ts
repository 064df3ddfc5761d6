import { redactFault } from '../engine/redact-fault.ts'
import type { Client } from '../store/store.ts'
import type { Environment } from '../vocabulary/environment.ts'
import { type Fault, momentOf } from '../vocabulary/fault.ts'
import { readFault, writeFault } from '../vocabulary/fault-text.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'
import { didYouMean } from '../vocabulary/suggestion.ts'
import type { ArmedFault } from '../world/faults.ts'
import type { World } from '../world/world.ts'
import { judgeFault } from './fault-judgement.ts'

/** A fault as it may be given: its parts, or one line such as `token:refresh_token drop after`. */
export type FaultInput = Fault | string

/** A fault as it is shown: what was armed, without the secrets that it sends, and how often it fired. */
export type FaultShown = Fault &
  Pick<ArmedFault, 'id' | 'seen' | 'fired'> & {
    /** The same on one line. */
    readonly text: string
    /** How many requests wait, for a `hold`. */
    readonly waiting?: number
  }

/** What a reset tells of what it forgot. */
export interface ResetReport {
  /** Faults that never fired: a test that armed one has perhaps not tested what it meant to. */
  readonly unfired: readonly FaultShown[]
}

const shownIn =
  ({ holds }: World) =>
  ({ id, fault: armed, at, seen, fired }: ArmedFault): FaultShown => {
    const fault = redactFault(armed)
    return {
      id,
      ...fault,
      ...(fault.on !== 'webhook' && { at }),
      text: writeFault(fault),
      seen,
      fired,
      ...(fault.kind === 'hold' && { waiting: holds.waiting(id) }),
    } as FaultShown
  }

/**
 * A fault as it was given, if it can strike among these environments.
 * @throws {MockOAuthError} `invalid_fault`
 */
export const possibleFault = (environments: readonly Environment[], input: FaultInput): Fault =>
  judgeFault(environments, typeof input === 'string' ? readFault(input) : input)

/** More than these are nobody's intent. */
const most = 1_000

/** In characters of JSON, all that are armed together: each holds its body in memory, and is shown with it. */
const largest = 20_000_000

const sizes = new WeakMap<Fault, number>()
function sizeOf(fault: Fault): number {
  const known = sizes.get(fault)
  if (known !== undefined) return known
  const size = JSON.stringify(fault).length
  sizes.set(fault, size)
  return size
}

/**
 * Arms a fault. One that could never fire is refused.
 * @throws {MockOAuthError} `invalid_fault`
 */
export function armFault(world: World, input: FaultInput): FaultShown {
  const fault = possibleFault(world.environments, input)
  const armed = world.faults.list()
  if (armed.length >= most) {
    throw new MockOAuthError('invalid_fault', `${most} faults are armed, which is the most. Take some away first.`)
  }
  if (armed.reduce((sum, one) => sum + sizeOf(one.fault), sizeOf(fault)) > largest) {
    const sentence = `Faults of ${largest / 1_000_000} MB in all are the most, and this one is too much. Take some away first.`
    throw new MockOAuthError('invalid_fault', sentence)
  }
  return shownIn(world)(world.faults.arm(fault, momentOf(fault)))
}

/**
 * Arms a fault, and refuses a client that is not registered.
 * @throws {MockOAuthError} `invalid_fault`
 */
export async function armFaultFor(world: World, input: FaultInput): Promise<FaultShown> {
  const { client, provider } = possibleFault(world.environments, input)
  const isAimedAt = ({ environment }: Client) =>
    provider === undefined || environment === provider || environment.startsWith(`${provider}:`)
  const clients = (await world.store.listClients()).filter(isAimedAt).map(({ id }) => id)
  if (client !== undefined && !clients.includes(client)) {
    const known = [...new Set(clients)]
    const sentence = `client is "${client}". Expected one that is registered: ${known.join(', ')}.`
    throw new MockOAuthError('invalid_fault', sentence + didYouMean(client, known))
  }
  return armFault(world, input)
}

/** What is armed, and how often each has fired. */
export const listFaults = (world: World): readonly FaultShown[] => world.faults.list().map(shownIn(world))

/** Those that have not fired, and were not left to chance. */
export const unfiredFaults = (world: World): readonly FaultShown[] => world.faults.unfired().map(shownIn(world))

/**
 * A fault that is armed.
 * @throws {MockOAuthError} `unknown_fault`
 */
export function armedFault({ faults }: World, id: string): ArmedFault {
  const found = faults.find(id)
  if (found) return found
  const known = faults.list().map((one) => one.id)
  throw new MockOAuthError('unknown_fault', `There is no fault "${id}". Armed: ${known.join(', ') || 'none'}.`)
}

/**
 * Takes a fault away; whoever it holds is let go.
 * @throws {MockOAuthError} `unknown_fault`
 */
export function removeFault(world: World, id: string): void {
  armedFault(world, id)
  world.faults.remove(id)
  world.holds.remove(id)
  world.outbox.release(id)
}

/** Back to the state just after the start; with another seed, where one is given. */
export async function resetWorld(world: World, seed?: string): Promise<ResetReport> {
  const unfired = unfiredFaults(world)
  await world.reset(seed)
  return { unfired }
}
