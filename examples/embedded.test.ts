import { createMockOAuth } from 'mock-oauth'
import { expect, it } from 'vitest'

it('connects, and is asked again an hour later', async () => {
  await using mock = await createMockOAuth({ providers: ['mekari'] })
  const { authorizeUrl, apiUrl, client } = mock.provider('mekari')

  const { redirectTo } = await mock.authorize(
    `${authorizeUrl}?client_id=${client.clientId}&response_type=code&scope=esign&state=xyz`,
    { decision: 'approve' },
  ) // plays the browser
  expect(redirectTo).toMatch(/^http:\/\/localhost:3000\/callback\?code=.+&state=xyz$/)

  const { accessToken } = await mock.mint() // a token pair without a browser
  const headers = { authorization: `Bearer ${accessToken}` }
  await mock.clock.advance('61m')
  expect(await mock.handle({ method: 'GET', url: apiUrl, headers, body: '' })).toMatchObject({ status: 401 })
  expect(mock.requests({ endpoint: 'api' })).toHaveLength(1) // the journal, raw
  expect(mock.explain().kind).toBe('access_token_expired') // why the last refused request was refused
  expect(mock.explain().life?.over?.event).toBe('expired') // what ended the token

  const snapshot = await mock.snapshot() // all of it, as JSON
  await mock.restore(snapshot)
  await mock.reset()

  const { url } = await mock.listen({ port: 0 }) // when something must reach it over HTTP
  expect((await fetch(`${url}/_mock/health`)).status).toBe(200)
})
