import { createMockOAuth, MockOAuthError } from 'mock-oauth'
import type { ProviderDefinition } from 'mock-oauth/define'
import { expect } from 'vitest'

/** Plays what no compiler let through, and returns what is said of it. */
export async function saidOf(...wanted: readonly unknown[]): Promise<string> {
  const refused = await createMockOAuth({ providers: wanted as ProviderDefinition[] }).then(
    () => expect.fail('it was played'),
    (error) => error,
  )
  expect(refused).toBeInstanceOf(MockOAuthError)
  expect(refused.code).toBe('invalid_definition')
  return refused.message
}
