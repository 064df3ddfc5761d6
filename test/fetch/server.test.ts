import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { Hono } from 'hono'
import { createMockOAuth, type MockOAuthOptions } from 'mock-oauth'
import { oauthFetch } from 'mock-oauth/fetch'
import { describe, expect, it, onTestFinished } from 'vitest'
import { read } from './stage.ts'

async function open(options: Partial<MockOAuthOptions> = {}) {
  const mock = await createMockOAuth({ providers: ['mekari', 'mercury'], seed: 'server', ...options })
  onTestFinished(() => mock.close())
  return mock
}

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })

describe('a mock in a fetch-style server of one’s own', () => {
  it('answers behind its base path, and leaves the rest of the app as it is', async () => {
    const mock = await open()
    const app = new Hono()
    const answer = oauthFetch(mock, { basePath: '/oauth' })
    app.all('/oauth/*', (c) => answer(c.req.raw))
    app.get('/', (c) => c.text('my own page'))
    const { accessToken } = await mock.mint({ provider: 'mekari' })
    const me = new URL(mock.provider('mekari').apiUrl).pathname
    expect((await app.request(`https://app.example/oauth/mekari${me}`, bearer(accessToken))).status).toBe(200)
    expect((await app.request(`https://app.example/oauth/mekari${me}`, bearer('made up'))).status).toBe(401)
    expect(await (await app.request('https://app.example/')).text()).toBe('my own page')
    expect((await app.request('https://app.example/oauthx')).status).toBe(404)
  })

  it('answers behind the least that makes web Requests of those of node:http', async () => {
    const mock = await open({ providers: ['mekari'] })
    const answer = oauthFetch(mock)
    const server = createServer(async ({ method = '', url = '', headers }, reply) => {
      const hasBody = method !== 'GET' && method !== 'HEAD'
      const request = new Request(`http://${headers.host}${url}`, {
        method,
        headers: headers as Record<string, string>,
        ...(hasBody && { body: Readable.toWeb(reply.req) as ReadableStream<Uint8Array>, duplex: 'half' }),
      })
      const response = await answer(request)
      reply.writeHead(response.status, [...response.headers].flat())
      for await (const part of response.body ?? []) reply.write(part)
      reply.end()
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    onTestFinished(() => void server.close())
    const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

    const { refreshToken: refresh_token } = await mock.mint({ scope: 'esign' })
    const { clientId: client_id, clientSecret: client_secret, tokenUrl, apiUrl } = mock.provider()
    const fields = { client_id, client_secret, grant_type: 'refresh_token', refresh_token, scope: 'esign' }
    const refreshed = await fetch(at + new URL(tokenUrl).pathname, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(fields),
    })
    const { access_token } = (await refreshed.json()) as { access_token: string }
    expect((await fetch(at + new URL(apiUrl).pathname, bearer(access_token))).status).toBe(200)
    expect(mock.requests().map(({ response: { status } }) => status)).toEqual([200, 200])
  })

  it.each(['http://localhost:3000', 'https://app.example'])(
    'writes the URLs of %s into its answers',
    async (origin) => {
      const mock = await open({ consent: 'page' })
      const at = oauthFetch(mock, { basePath: '/oauth' })
      const base = `${origin}/oauth/mercury`
      const discovery = await (await at(`${base}/.well-known/openid-configuration`)).json()
      expect(discovery).toMatchObject({ token_endpoint: `${base}/oauth2/token` })
      const { clientId, authorizeUrl } = mock.provider('mercury')
      const query = new URLSearchParams({
        client_id: clientId,
        response_type: 'code',
        scope: 'read',
        state: 'a long state',
        redirect_uri: 'http://localhost:3000/callback',
      })
      const asked = await at(`${base}${new URL(authorizeUrl).pathname}?${query}`)
      expect([asked.status, new URL(asked.headers.get('location') ?? '').origin]).toEqual([302, origin])
      expect(asked.headers.get('location')).toContain('/oauth/mercury/')
    },
  )

  it('is found by the provider’s real host, and at the root where one provider is played', async () => {
    const mock = await open({ providers: ['mekari'] })
    const at = oauthFetch(mock)
    const { accessToken } = await mock.mint()
    const { apiUrl } = mock.provider()
    const { pathname } = new URL(apiUrl)
    for (const url of [apiUrl, `http://localhost:3000${pathname}`, `http://localhost:3000/mekari${pathname}`]) {
      expect([url, (await at(url, bearer(accessToken))).status]).toEqual([url, 200])
    }
    expect((await at('http://localhost:3000/nothing')).status).toBe(404)
  })

  it('finds a world by prefix, by header and by what it alone knows', async () => {
    const mock = await open()
    const at = oauthFetch(mock)
    const a = await mock.world('a')
    const { accessToken } = await a.mint({ provider: 'mekari' })
    const path = `/mekari${new URL(mock.provider('mekari').apiUrl).pathname}`
    const statusOf = async (url: string, world = {}) =>
      (await at(url, { headers: { authorization: `Bearer ${accessToken}`, ...world } })).status
    expect(await statusOf(`http://localhost:3000/~a${path}`)).toBe(200)
    expect(await statusOf(`http://localhost:3000${path}`, { 'x-mock-oauth-world': 'a' })).toBe(200)
    expect(await statusOf(`http://localhost:3000${path}`)).toBe(200)
    expect(await statusOf(`http://localhost:3000/~b${path}`)).toBe(401)
    expect([a.requests().length, (await mock.world('b')).requests().length, mock.requests().length]).toEqual([3, 1, 0])
    expect(await read(await at(`http://localhost:3000/~no%20name${path}`))).toMatchObject({ status: 400 })
  })

  it('answers from one world alone where it is made from one', async () => {
    const mock = await open()
    const at = oauthFetch(await mock.world('a'))
    const { apiUrl } = mock.provider('mekari')
    const { accessToken } = await (await mock.world('a')).mint({ provider: 'mekari' })
    expect((await at(apiUrl, bearer(accessToken))).status).toBe(200)
    expect(await read(await at(apiUrl, { headers: { 'x-mock-oauth-world': 'b' } }))).toMatchObject({
      status: 400,
      body: 'This is the world "a" alone; no other is reached from here.\n',
    })
  })

  it.each(['/_mock/health', '/~a/_mock/clock', '/_mock'])('says where the control API is: %s', async (path) => {
    const at = oauthFetch(await open(), { basePath: '/oauth' })
    expect(await read(await at(`http://localhost:3000/oauth${path}`))).toEqual({
      status: 404,
      headers: [
        ['cache-control', 'no-store'],
        ['content-type', 'text/plain; charset=utf-8'],
      ],
      body: expect.stringContaining('There is no control API here: it is the mock itself, as methods'),
    })
  })

  it.each(['oauth', '/a b', '//x', '/oauth?x', 'http://localhost/oauth', '/a/../b'])(
    'refuses "%s" as a base path',
    async (basePath) => {
      const mock = await open()
      expect(() => oauthFetch(mock, { basePath })).toThrow(
        expect.objectContaining({ code: 'invalid_option', message: expect.stringContaining(`"${basePath}"`) }),
      )
    },
  )

  it('takes a base path with a slash at its end', async () => {
    const at = oauthFetch(await open(), { basePath: '/oauth/' })
    expect((await at('http://localhost:3000/oauth/mekari/auth')).status).toBe(400)
  })

  it('says of what is no mock that it is none', () => {
    const mistake = (message: string) => expect.objectContaining({ code: 'invalid_option', message })
    const promised = open() as never
    expect(() => oauthFetch(promised)).toThrow(
      mistake('A mock is expected here, or one of its worlds. A promise was given: write "await createMockOAuth(…)".'),
    )
    expect(() => oauthFetch(undefined as never)).toThrow(
      mistake('A mock is expected here, or one of its worlds. Given: undefined.'),
    )
  })
})
