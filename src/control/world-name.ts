import { MockOAuthError } from '../vocabulary/misuse.ts'
import { defaultName } from '../world/world.ts'

/** @throws {MockOAuthError} `invalid_world` for what cannot be the name of a world */
export function checkWorldName(name: string): void {
  if (/^[A-Za-z0-9._-]{1,64}$/.test(name)) return
  throw new MockOAuthError(
    'invalid_world',
    `"${name.slice(0, 100)}" cannot be the name of a world. Expected 1 to 64 letters, digits, dots, underscores and dashes, such as checkout-test-7.`,
  )
}

/** What stands before the paths of a world on a server: `/~name`, and nothing for the default one. */
export const prefixOf = (name: string): string => (name === defaultName ? '' : `/~${name}`)
