import { providers } from '../providers.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'
import type { Playable } from './playable.ts'

/**
 * Holds each definition that is not one of mock-oauth's own against the vocabulary, which is loaded for that alone.
 * @throws {MockOAuthError} `invalid_definition`, with every mistake of the first wrong one; `invalid_option` for no list
 */
export async function checkOwn(wanted: readonly Playable[]): Promise<void> {
  if (!Array.isArray(wanted)) {
    throw new MockOAuthError('invalid_option', `providers is ${JSON.stringify(wanted)}. Expected a list: ['acme'].`)
  }
  const ours = new Set<unknown>(Object.values(providers))
  const own = wanted.filter((one) => typeof one !== 'string' && !ours.has(one))
  if (own.length === 0) return
  const { checkDefinition } = await import('../vocabulary/schema/check.ts')
  for (const definition of own) checkDefinition(definition)
}
