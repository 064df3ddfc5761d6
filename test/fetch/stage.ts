import { createMockOAuth, type MockOAuthOptions, type MockWorld } from 'mock-oauth'
import { oauthFetch } from 'mock-oauth/fetch'
import { onTestFinished } from 'vitest'

/** Mekari in this process, by fetch. */
export async function played(options: Partial<MockOAuthOptions> = {}) {
  const mock = await createMockOAuth({ providers: ['mekari'], seed: 'fetch', ...options })
  onTestFinished(() => mock.close())
  return { mock, fetch: oauthFetch(mock), ...clientOf(mock) }
}

/** What a client of a world may do, by a `fetch`. */
export function clientOf(world: MockWorld) {
  const { tokenUrl, apiUrl, clientId: client_id, clientSecret: client_secret, scopes } = world.provider()
  const form = { client_id, client_secret, grant_type: 'refresh_token', scope: scopes.join(' ') }
  const refreshOf = (refresh_token = ''): RequestInit => ({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...form, refresh_token }),
  })
  /** Refreshes a pair, a new one unless one is given. */
  const refresh = async (
    by: (url: string, init: RequestInit) => Promise<Response>,
    init: RequestInit = {},
    refreshToken?: string,
  ) => by(tokenUrl, { ...refreshOf(refreshToken ?? (await world.mint()).refreshToken), ...init })
  return { tokenUrl, apiUrl, refreshOf, refresh }
}

/** The whole of an answer, as plain data. */
export const read = async (answer: Response) => ({
  status: answer.status,
  headers: [...answer.headers].filter(([name]) => name !== 'date'),
  body: await answer.text(),
})
