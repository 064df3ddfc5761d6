import { createMockOAuth } from 'mock-oauth'
import { oauthHandlers } from 'mock-oauth/msw'
import { setupServer } from 'msw/node'
import { expect, it, onTestFinished } from 'vitest'

it('calls the API at its real host', async () => {
  await using mock = await createMockOAuth({ providers: ['mekari'] })
  const server = setupServer(...oauthHandlers(mock))
  server.listen()
  onTestFinished(() => server.close())

  const { accessToken } = await mock.mint()
  const call = () => fetch('https://api.mekari.com/v1/me', { headers: { authorization: `Bearer ${accessToken}` } })
  expect((await call()).status).toBe(200)
  await mock.clock.advance('61m')
  expect((await call()).status).toBe(401)
})
