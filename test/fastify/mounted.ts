import { type FastifyInstance, type FastifyServerOptions, fastify } from 'fastify'
import { createMockOAuth, type MockOAuth, type MockOAuthOptions } from 'mock-oauth'
import { mockOAuth } from 'mock-oauth/fastify'
import { onTestFinished } from 'vitest'

/** An app of somebody's with a mock in it; both are closed when the test ends. */
export interface Mounted {
  app: FastifyInstance
  mock: MockOAuth
  /** Listens on a free port; returns the URL of the app. */
  listen(host?: string): Promise<string>
}

/**
 * Mounts a mock under `/oauth`.
 * @param prepare the app, before the mock is mounted
 */
export async function mounted(
  options: Partial<MockOAuthOptions> = {},
  {
    server = {},
    prefix = '/oauth',
    controlToken,
    prepare = () => {},
  }: {
    server?: FastifyServerOptions
    prefix?: string
    controlToken?: string
    prepare?: (app: FastifyInstance) => unknown
  } = {},
): Promise<Mounted> {
  const mock = await createMockOAuth({ providers: ['mekari'], seed: 'mounted', consent: 'approve', ...options })
  const app = fastify(server)
  onTestFinished(async () => {
    await app.close()
    await mock.close()
  })
  await prepare(app)
  app.register(mockOAuth, { mock, prefix, ...(controlToken && { controlToken }) })
  return { app, mock, listen: (host = '127.0.0.1') => app.listen({ port: 0, host }) }
}

/** A refresh, as a client sends it. */
export async function refreshOf(
  mock: MockOAuth,
): Promise<{ method: 'POST'; headers: Record<string, string>; body: string }> {
  const { clientId: client_id, clientSecret: client_secret, scopes } = mock.provider('mekari')
  const { refreshToken: refresh_token } = await mock.mint({ provider: 'mekari' })
  const fields = { client_id, client_secret, grant_type: 'refresh_token', refresh_token, scope: scopes.join(' ') }
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(fields) }
}

/** Where Mekari's token endpoint is, below the place where the mock stands. */
export const tokenPath = '/mekari/auth/oauth2/token'
