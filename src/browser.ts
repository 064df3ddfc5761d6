/** The same door as `index.ts`, where a bundler builds for a browser: it has no server, and a tab in place of a file. */

/// <reference lib="esnext.disposable" preserve="true" />
import { createMock } from './embedded/create-mock.ts'
import type { MockOAuth, MockOAuthOptions } from './embedded/mock-oauth.ts'
import { openTab } from './state/tab.ts'
import { MockOAuthError } from './vocabulary/misuse.ts'

export type * from './embedded/types.ts'
export { MockOAuthError }

/**
 * Makes a mock of one or more providers, in the page itself. `state` is a name in the tab's session storage.
 * @throws {MockOAuthError} as in Node; `listen` throws `no_server`
 */
export const createMockOAuth = (options: MockOAuthOptions = {}): Promise<MockOAuth> =>
  createMock(options, {
    openState: async (name) => openTab(name),
    async listen() {
      throw new MockOAuthError('no_server', 'A browser cannot listen. Reach the mock by mock-oauth/msw, or in Node.')
    },
  })
