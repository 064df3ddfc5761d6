import type { PublicKey } from '../engine/keys/public-key.ts'
import { shownKeys } from '../engine/signing-key.ts'
import type { Environment } from '../vocabulary/environment.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'
import type { World } from '../world/world.ts'
import { environmentOf } from './environments.ts'

/** Whose keys to rotate; the only provider's when none is named. */
export interface RotationInput {
  provider?: string
  /** Takes the old keys off at once: what they have signed no longer verifies. Default: they are shown on. */
  retire?: boolean
}

/** The keys that a provider shows, as a JSON Web Key Set and a little more. */
export interface SigningKeys {
  /** With `:sandbox` or the like for an environment apart. */
  readonly provider: string
  /** The `kid` of each key that signs now, one for each algorithm. */
  readonly signing: readonly string[]
  /** Newest first. */
  readonly keys: readonly PublicKey[]
}

/** How many generations are shown at most: more than a client that refetches ever needs. */
const mostShown = 3

/**
 * The keys that a provider shows; made, where nobody has asked for them before.
 * @throws {MockOAuthError} `unknown_provider`, `no_signing_keys`
 */
export const listKeys = async (world: World, provider?: string): Promise<SigningKeys> =>
  describe(world, signerOf(world, provider))

/**
 * Makes new keys sign. The old ones are shown behind them, up to a number of generations, unless they retire.
 * @throws {MockOAuthError} `unknown_provider`, `no_signing_keys`
 */
export async function rotateKeys(world: World, { provider, retire = false }: RotationInput = {}): Promise<SigningKeys> {
  const environment = signerOf(world, provider)
  await world.store.rotateKeyRing(environment.key, retire ? 1 : mostShown)
  return describe(world, environment)
}

function signerOf(world: World, provider: string | undefined): Environment {
  const environment = environmentOf(world, provider)
  if (environment.rules.openid) return environment
  throw new MockOAuthError('no_signing_keys', `${environment.name} signs no ID tokens, so it has no keys.`)
}

async function describe(world: World, environment: Environment): Promise<SigningKeys> {
  const keys = await shownKeys(world, environment)
  const algorithms = environment.rules.openid?.algorithms ?? []
  return { provider: environment.key, signing: keys.slice(0, algorithms.length).map(({ kid }) => kid), keys }
}
