import { createMockOAuth } from 'mock-oauth'
import { oauthHandlers } from 'mock-oauth/msw'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'

// #setup
const mock = await createMockOAuth({
  providers: ['mekari'],
  client: { redirectUris: ['http://localhost:3000/callback'] },
})
const server = setupServer(...oauthHandlers(mock))

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterEach(async () => {
  server.resetHandlers()
  await mock.reset()
})
afterAll(async () => {
  server.close()
  await mock.close()
})
// #end

/** The program under test: it knows Mekari's URL and its own credentials, and nothing of a mock. */
async function refresh(refreshToken: string) {
  const { clientId, clientSecret, scopes } = mock.provider().client
  const answer = await fetch('https://account.mekari.com/auth/oauth2/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      client_id: clientId,
      client_secret: clientSecret,
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      scope: scopes.join(' '),
    }),
  })
  if (!answer.ok) throw new Error(`refused: ${answer.status}`)
  return (await answer.json()) as { access_token: string; refresh_token: string }
}

// #lost-reply
it('loses the reply, and the refresh token was used up all the same', async () => {
  const { refreshToken = '' } = await mock.mint()
  mock.faults.arm('token drop after')
  await expect(refresh(refreshToken)).rejects.toThrow(TypeError)
  await expect(refresh(refreshToken)).rejects.toThrow('refused: 400')
  expect(mock.explain().kind).toBe('refresh_token_reused')
})
// #end

// #override
it('may be overridden for one test', async () => {
  server.use(http.post('https://account.mekari.com/auth/oauth2/token', () => new HttpResponse(null, { status: 503 })))
  await expect(refresh('any')).rejects.toThrow('refused: 503')
})
// #end

// #worlds
it('has a world for each of the tests that run at once', async () => {
  await Promise.all(
    ['first', 'second'].map((name) =>
      server.boundary(async () => {
        const world = await mock.world(name)
        server.use(...oauthHandlers(world))
        const { refreshToken = '' } = await world.mint()
        await refresh(refreshToken)
        expect(world.requests({ endpoint: 'token' })).toHaveLength(1)
      })(),
    ),
  )
})
// #end
