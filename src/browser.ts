/** The same door as `index.ts`, where a bundler builds for a browser: it has no server and no file. */

/// <reference lib="esnext.disposable" preserve="true" />
import { createMock } from './embedded/create-mock.ts'
import type { MockOAuth, MockOAuthOptions } from './embedded/mock-oauth.ts'
import { MockOAuthError } from './vocabulary/misuse.ts'

export type * from './embedded/types.ts'
export { MockOAuthError }

/**
 * Makes a mock of one or more providers, in the page itself.
 * @throws {MockOAuthError} as in Node, and `state_unavailable` where a file is named; `listen` throws `no_server`
 */
export const createMockOAuth = (options: MockOAuthOptions = {}): Promise<MockOAuth> =>
  createMock(options, {
    async openState(file) {
      throw new MockOAuthError('state_unavailable', `A browser has no file "${file}". Take a snapshot and restore it.`)
    },
    async listen() {
      throw new MockOAuthError('no_server', 'A browser cannot listen. Reach the mock by mock-oauth/msw, or in Node.')
    },
  })
