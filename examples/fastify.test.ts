import { fastify } from 'fastify'
import { createMockOAuth } from 'mock-oauth'
import { mockOAuth } from 'mock-oauth/fastify'
import { afterAll, expect, it } from 'vitest'

// #app
const mock = await createMockOAuth({ providers: ['mekari'], consent: 'approve' })

const app = fastify()
app.get('/', async () => 'my own route')
app.register(mockOAuth, { mock, prefix: '/oauth' })
// #end

afterAll(async () => {
  await app.close()
  await mock.close()
})

it('connects and refreshes, with no port open', async () => {
  // #inject
  const { clientId: client_id, clientSecret: client_secret, scopes } = mock.provider()
  const scope = scopes.join(' ')
  const query = new URLSearchParams({ client_id, response_type: 'code', scope })
  const approved = await app.inject(`/oauth/mekari/auth?${query}`)
  const code = new URL(approved.headers.location ?? '').searchParams.get('code')

  const answer = await app.inject({
    method: 'POST',
    url: '/oauth/mekari/auth/oauth2/token',
    payload: { client_id, client_secret, grant_type: 'authorization_code', code, scope },
  })
  // #end
  expect(Object.keys(answer.json())).toContain('refresh_token')
  expect((await app.inject('/')).body).toBe('my own route')
})
