/// <reference lib="esnext.disposable" preserve="true" />
import { createMock } from './embedded/create-mock.ts'
import type { MockOAuth, MockOAuthOptions } from './embedded/mock-oauth.ts'

export type * from './embedded/types.ts'
export { MockOAuthError } from './vocabulary/misuse.ts'

/**
 * Makes a mock of one or more providers.
 * @throws {MockOAuthError} `unknown_provider`, `unknown_assumption`, `invalid_client`, `client_exists`, `invalid_user`,
 *   `invalid_option`, `invalid_duration`, `invalid_rotation`, `invalid_definition`, `invalid_fault`, `state_unavailable`
 */
export const createMockOAuth = (options: MockOAuthOptions = {}): Promise<MockOAuth> =>
  createMock(options, {
    openState: async (file) => (await import('./state/open-state.ts')).openState(file),
    listen: async (worlds, where) => (await import('./server/listen.ts')).listen(worlds, where),
  })
