// #server
import { Hono } from 'hono'
import { createMockOAuth } from 'mock-oauth'
import { oauthFetch } from 'mock-oauth/fetch'
import { afterAll, expect, it } from 'vitest'

const mock = await createMockOAuth({ providers: ['mekari'] })
const answer = oauthFetch(mock, { basePath: '/oauth' })

const app = new Hono()
app.all('/oauth/*', (c) => answer(c.req.raw))
// #end

afterAll(() => mock.close())

it('answers at the documented paths, behind the base path and the provider', async () => {
  const url = 'http://localhost:3000/oauth/mekari/auth/oauth2/token'
  const refused = await app.request(url, { method: 'POST' })
  expect(refused.status).toBe(400)
  expect(mock.requests({ endpoint: 'token' })).toHaveLength(1)
})
