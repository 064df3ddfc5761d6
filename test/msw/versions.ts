import type { MockOAuth, MockOAuthOptions, MockWorld } from 'mock-oauth'
import { createMockOAuth } from 'mock-oauth'
import { onTestFinished, vi } from 'vitest'

/** One version of MSW, and our door to it. */
export interface Version {
  readonly name: string
  load(): Promise<Msw>
}

/** What tests use of MSW. */
export type Msw = Pick<typeof import('msw'), 'http' | 'HttpResponse' | 'passthrough'> &
  Pick<typeof import('msw/node'), 'setupServer'> & { oauthHandlers: typeof import('mock-oauth/msw').oauthHandlers }

/** The types of one version stand for those of both: what is used here is the same. */
const version = (name: string, msw: () => Promise<unknown>, node: () => Promise<unknown>): Version => ({
  name,
  async load() {
    vi.resetModules()
    vi.doMock('msw', msw)
    const loaded = (await msw()) as Msw
    return { ...loaded, ...((await node()) as Msw), ...(await import('mock-oauth/msw')) }
  },
})

const isFromNode22 = Number(process.versions.node.split('.')[0]) >= 22

/** MSW 3 needs Node 22: on Node 20 there is one version to show. */
export const versions: readonly Version[] = [
  version(
    'MSW 2',
    () => vi.importActual('msw'),
    () => import('msw/node'),
  ),
  ...(isFromNode22
    ? [
        version(
          'MSW 3',
          () => vi.importActual('msw3'),
          () => import('msw3/node'),
        ),
      ]
    : []),
]

/** A mock whose providers' real hosts MSW answers; nothing else is let out of this process. */
export async function intercepted(
  { setupServer, oauthHandlers }: Msw,
  options: MockOAuthOptions,
  of: (mock: MockOAuth) => Promise<MockWorld> = async (mock) => mock,
) {
  const mock = await createMockOAuth({ seed: 'msw', ...options })
  const world = await of(mock)
  const server = setupServer(...oauthHandlers(world))
  // Its name in MSW 3 is another one.
  server.listen({ onUnhandledRequest: 'error', onUnhandledFrame: 'error' } as { onUnhandledRequest: 'error' })
  onTestFinished(async () => {
    server.close()
    await mock.close()
  })
  return { mock, world, server }
}
