import type { SetupOptions } from '../embedded/types.ts'
import { createMockOAuth } from '../index.ts'
import { type ControlAddress, whoIsAt } from '../remote/control-call.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'

/** Where the tests find their mock: `use: { mockOAuth: … }` of playwright.config. */
export interface MockOAuthUse extends SetupOptions {
  /** A server that runs, with the setup that it was started with. Default: MOCK_OAUTH_URL, else each worker starts one. */
  url?: string
  /** Opens the control API of such a server, where it needs that. Default: MOCK_OAUTH_CONTROL_TOKEN. */
  controlToken?: string
  /** With the same one, a test meets the same people, codes and tokens each time. Default: random. */
  seed?: string
}

/** A server that the tests of a worker use. */
export interface Reached {
  readonly at: ControlAddress
  /** Ends it, if it was started here. */
  close(): Promise<void>
}

/**
 * Finds the server that is named, or starts one.
 * @throws {MockOAuthError} `no_server`, and as `createMockOAuth` does
 */
export async function reachServer(use: MockOAuthUse): Promise<Reached> {
  const { url = process.env.MOCK_OAUTH_URL, controlToken = process.env.MOCK_OAUTH_CONTROL_TOKEN, ...setup } = use
  if (!url) return startServer(setup)
  const base = url.replace(/\/+$/, '')
  const presence = await whoIsAt(base)
  if (presence === 'ready') return { at: { base, controlToken }, close: async () => {} }
  const there = presence === 'nobody' ? 'There is no server' : 'What answers is not mock-oauth'
  throw new MockOAuthError(
    'no_server',
    `${there} at ${base}, which mockOAuth.url or MOCK_OAUTH_URL names. Start one there with "npx mock-oauth serve", by webServer of playwright.config for example; or name none, and each worker starts its own.`,
  )
}

async function startServer(setup: SetupOptions): Promise<Reached> {
  const mock = await createMockOAuth(setup)
  const { url } = await mock.listen({ port: 0 })
  return { at: { base: url }, close: mock.close }
}
