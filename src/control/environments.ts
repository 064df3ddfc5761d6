import type { Environment } from '../vocabulary/environment.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'
import type { World } from '../world/world.ts'

/**
 * The environment of a world by its key; the only provider's when none is named.
 * @throws {MockOAuthError} `unknown_provider`
 */
export function environmentOf({ environments }: Pick<World, 'environments'>, key: string | undefined): Environment {
  const found = key === undefined ? onlyOne(environments) : environments.find((one) => one.key === key)
  if (found) return found
  const played = environments.map((one) => one.key).join(', ')
  throw new MockOAuthError(
    'unknown_provider',
    key === undefined ? `Name a provider: ${played}.` : `"${key}" is not played here. Played: ${played}.`,
  )
}

/** The environment of the provider that is played alone, if one is. */
export function onlyOne(environments: readonly Environment[]): Environment | undefined {
  const [first, second] = environments.filter((one) => one.key === one.provider)
  return second ? undefined : first
}
