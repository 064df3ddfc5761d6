import { inside } from '../control/inside.ts'
import type { MockWorld } from '../control/mock-world.ts'
import type { Explanation } from '../engine/explain.ts'
import { letsThrough } from '../vocabulary/fault.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'
import type { Exchange } from '../world/journal.ts'

/** Whose requests count; all of them when it says nothing. */
export interface Whose {
  /** A provider or environment, as `mock.provider` takes it: `mekari`, `mekari:sandbox`. */
  readonly provider?: string
  /** The id of a client. */
  readonly client?: string
}

/** What a matcher judges: the requests that count, oldest first, and why one was refused. */
export interface Judged {
  readonly exchanges: readonly Exchange[]
  readonly explain: (id: string) => Explanation
}

/**
 * The journal of what a test gave to `expect`.
 * @throws {MockOAuthError} `invalid_option` for what is no mock, `unknown_provider`
 */
export function judged(matcher: string, received: unknown, { provider, client }: Whose): Judged {
  if (!isMock(received)) {
    throw new MockOAuthError(
      'invalid_option',
      `${matcher}() judges a mock: give expect() what createMockOAuth() made, or one of its worlds. It was given ${kindOf(received)}.`,
    )
  }
  // A name that nobody has would have done nothing, and pass every `not`.
  if (provider !== undefined) received.provider(provider)
  const exchanges = received.requests(provider === undefined ? {} : { provider })
  return {
    exchanges: exchanges.filter(({ clientId }) => client === undefined || clientId === client),
    explain: (id) => received.explain(id),
  }
}

const isMock = (received: unknown): received is MockWorld =>
  typeof received === 'object' && received !== null && inside in received

/** What it is; what is in it may be a secret. */
function kindOf(received: unknown): string {
  if (received === null || received === undefined) return String(received)
  if (received instanceof Promise) return 'a promise: await it'
  return typeof received === 'object' ? 'another object' : `a ${typeof received}`
}

/** What became of a request: a rule of the provider's refused it, a fault answered in its place, or its work was done. */
export function outcomeOf({ refusal, faults = [] }: Exchange): 'refused' | 'struck' | 'done' {
  if (refusal) return refusal.fault === undefined ? 'refused' : 'struck'
  return faults.some(({ at, kind }) => at === 'before' && !letsThrough.has(kind)) ? 'struck' : 'done'
}
