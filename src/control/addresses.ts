import { type Address, itself } from '../engine/visit.ts'
import type { Environment } from '../vocabulary/environment.ts'

/** A URL as the engine takes it, and the address by which it came. */
export interface Doorway {
  /** The provider's own. */
  readonly url: string
  readonly address: Address
}

/** How the environments of a world are reached from where they are asked about. */
export interface Addresses {
  of(environment: Environment): Address
  /** What a URL leads to; one that leads nowhere stays as it is. */
  enter(url: string): Doorway
}

/** Where nothing stands between: each provider is reached by its own URLs. */
export const theirOwn: Addresses = { of: () => itself, enter: (url) => ({ url, address: itself }) }
