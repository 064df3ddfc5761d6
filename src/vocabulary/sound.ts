import type { ProviderDefinition } from './definition.ts'
import { MockOAuthError } from './misuse.ts'
import type { Plain } from './plain.ts'

const unsound = (message: string) => new MockOAuthError('invalid_definition', message)

/**
 * Refuses a life that never begins or, not being a number, never ends.
 * @throws {MockOAuthError} `invalid_definition`
 */
export function checkLifetimes({ id, authorize, token, refresh }: Plain<ProviderDefinition>): void {
  const lifetimes = {
    'authorize.code.lifetime': authorize.code.lifetime,
    'token.accessToken.lifetime': token.accessToken.lifetime,
    'refresh.token.lifetime': refresh?.token.lifetime,
  }
  for (const [path, lifetime] of Object.entries(lifetimes)) {
    if (lifetime !== undefined && !(lifetime > 0)) {
      throw unsound(`${id}: ${path} is ${lifetime}. Expected a length of time above zero, such as hours(1).`)
    }
  }
}

/**
 * Refuses environments that share a host: what one of them issued would be asked for at the other.
 * @throws {MockOAuthError} `invalid_definition`
 */
export function checkHosts(environments: readonly { key: string; origins: readonly string[] }[]): void {
  const owners = new Map<string, string>()
  for (const { key, origins } of environments) {
    for (const origin of origins) {
      const owner = owners.get(origin)
      if (owner !== undefined) {
        throw unsound(`${owner} and ${key} share ${origin}. Give ${key} a host of its own in environments.*.origins.`)
      }
      owners.set(origin, key)
    }
  }
}
