import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { challenge, verifier } from '../pkce.ts'
import { bearer, inWorld, type Served, serve } from './served.ts'

/** Which worlds have had a request, and how many. */
const countsOf = ({ mock }: Served) =>
  Object.fromEntries(mock.worlds.list().flatMap(({ name, requests }) => (requests > 0 ? [[name, requests]] : [])))

const authorization = (server: Served, more: Record<string, string> = {}) => {
  const { clientId } = server.mock.provider('mekari')
  return String(new URLSearchParams({ client_id: clientId, response_type: 'code', scope: 'esign', ...more }))
}

describe('the prefix /~name', () => {
  it('stands before a provider', async () => {
    const server = await serve(['mekari', 'mercury'])
    const { accessToken } = await (await server.mock.world('a')).mint({ provider: 'mekari' })
    expect((await server.get('/~a/mekari/v1/me', bearer(accessToken))).status).toBe(200)
    expect((await server.get('/~b/mekari/v1/me', bearer(accessToken))).status).toBe(401)
    expect((await server.get('/mekari/v1/me', bearer('made-up'))).status).toBe(401)
    expect(countsOf(server)).toEqual({ a: 1, b: 1, default: 1 })
  })

  it.each(['/%7Ea/mekari/v1/me', '/%7ea/mekari/v1/me', '/~a/v1/me', '/~a/mekari:sandbox/v1/me'])(
    'is read in %s',
    async (path) => {
      const server = await serve(['mekari'])
      expect((await server.get(path)).status).toBe(401)
      expect(countsOf(server)).toEqual({ a: 1 })
    },
  )

  it('names the default world as well', async () => {
    const server = await serve(['mekari'])
    expect((await server.get('/~default/mekari/v1/me')).status).toBe(401)
    expect(server.mock.worlds.list()).toMatchObject([{ name: 'default', requests: 1 }])
  })

  it.each(['a b', 'ä', '', 'x'.repeat(65), '..%2f'])('refuses the name "%s" in a sentence', async (name) => {
    const server = await serve(['mekari'])
    const path = `/~${encodeURI(name)}`
    expect(await server.get(`${path}/mekari/v1/me`)).toMatchObject({
      status: 400,
      text: expect.stringMatching(/^".*" cannot be the name of a world\. Expected 1 to 64 letters, digits, .*\n$/),
    })
    expect(await server.control(`GET ${path}/_mock/clock`)).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_world' } },
    })
    expect(server.mock.worlds.list()).toHaveLength(1)
  })

  it('stands before what the world writes of itself', async () => {
    const { get, url, server, control } = await serve(['standard', 'mekari'])
    const document = JSON.parse((await get('/~a/standard/.well-known/openid-configuration')).text)
    expect(document).toMatchObject({
      issuer: `${url}/~a/standard`,
      token_endpoint: expect.stringContaining(`${url}/~a/standard/`),
    })
    expect(JSON.parse((await get('/.well-known/openid-configuration/~a/standard')).text)).toEqual(document)
    expect(JSON.parse((await get('/.well-known/openid-configuration/standard')).text).issuer).toBe(`${url}/standard`)
    const { body: played } = await control('GET /~a/_mock/providers')
    expect(played).toEqual(server.world('a').providers())
    expect(played).toMatchObject({ mekari: { tokenUrl: `${url}/~a/mekari/auth/oauth2/token` } })
    expect(server.world('a').provider('mekari').tokenUrl).toBe(`${url}/~a/mekari/auth/oauth2/token`)
  })

  it('is the root of a provider that is played alone', async () => {
    const { get, url } = await serve(['standard'])
    const document = JSON.parse((await get('/~a/.well-known/openid-configuration')).text)
    expect(document.issuer).toBe(`${url}/~a`)
    expect(JSON.parse((await get('/.well-known/openid-configuration/~a')).text)).toEqual(document)
  })

  it('leads the browser on within its world', async () => {
    const server = await serve(['mekari'], { consent: 'page' })
    const answer = await fetch(`${server.url}/~a/mekari/auth?${authorization(server)}`, { redirect: 'manual' })
    expect(answer.headers.get('location')).toContain(`${server.url}/~a/mekari/users/sign_in?`)
  })

  it('stands before the control API, whose guard it does not open', async () => {
    const { control, mock } = await serve(['mekari'])
    await control('POST /~a/_mock/clock', { set: '2030-01-01T00:00:00Z', freeze: true })
    expect((await control('GET /~a/_mock/clock')).body).toMatchObject({ now: '2030-01-01T00:00:00.000Z' })
    expect(mock.clock.read().frozen).toBe(false)
    const foreign = { origin: 'https://evil.example' }
    expect(await control('GET /~b/_mock/clients', undefined, foreign)).toMatchObject({ status: 403 })
    expect(await control('GET /~a/_mock/nothing')).toMatchObject({ body: { error: { code: 'unknown_route' } } })
    expect(mock.worlds.list().map(({ name }) => name)).toEqual(['default', 'a'])
  })

  it('plays the browser in its world, and not in another', async () => {
    const server = await serve(['mekari'])
    const url = `${server.url}/~a/mekari/auth?${authorization(server)}`
    expect(await server.control('POST /~a/_mock/authorize', { url })).toMatchObject({
      status: 200,
      body: { redirectTo: expect.any(String) },
    })
    expect(await (await server.mock.world('a')).authorize(url)).toHaveProperty('redirectTo')
    expect(await server.control('POST /~b/_mock/authorize', { url })).toMatchObject({
      status: 400,
      body: {
        error: { code: 'not_an_authorize_url', message: expect.stringContaining(`${server.url}/~b/mekari/auth`) },
      },
    })
    expect(countsOf(server)).toEqual({ a: 2 })
  })
})

describe('the header x-mock-oauth-world', () => {
  it('names the world of calls to providers and to the control API', async () => {
    const server = await serve(['mekari'])
    const { accessToken } = await (await server.mock.world('a')).mint({ provider: 'mekari' })
    expect((await server.get('/mekari/v1/me', { ...bearer(accessToken), ...inWorld('a') })).status).toBe(200)
    expect((await server.get('/mekari/v1/me', { ...bearer(accessToken), ...inWorld('b') })).status).toBe(401)
    expect((await server.get('/mekari/v1/me', inWorld('default'))).status).toBe(401)
    expect(countsOf(server)).toEqual({ a: 1, b: 1, default: 1 })
    const { body } = await server.control('GET /_mock/requests', undefined, inWorld('a'))
    expect(body).toMatchObject([{ id: 'r1', response: { status: 200 } }])
    const played = await server.control('GET /_mock/providers', undefined, inWorld('a'))
    expect(played.body).toMatchObject({ mekari: { baseUrl: `${server.url}/~a/mekari` } })
  })

  it('gives way to a prefix', async () => {
    const server = await serve(['mekari'])
    await server.get('/~a/mekari/v1/me', inWorld('b'))
    await server.control('POST /~a/_mock/users', {}, inWorld('b'))
    expect(server.mock.worlds.list().map(({ name }) => name)).toEqual(['default', 'a'])
  })

  it('refuses what is no name', async () => {
    const { get, control } = await serve(['mekari'])
    expect(await get('/mekari/v1/me', inWorld('a/b'))).toMatchObject({ status: 400 })
    expect(await control('GET /_mock/clock', undefined, inWorld('a b'))).toMatchObject({ status: 400 })
  })
})

describe('the cookie mock_oauth_world', () => {
  const cookie = (name: string) => ({ cookie: `other=1; mock_oauth_world=${name}; sid=2` })

  it('names the world of calls to providers, and of no control call', async () => {
    const server = await serve(['mekari'])
    const { accessToken } = await (await server.mock.world('a')).mint({ provider: 'mekari' })
    expect((await server.get('/mekari/v1/me', { ...bearer(accessToken), ...cookie('a') })).status).toBe(200)
    expect((await server.get('/mekari/v1/me', { ...bearer(accessToken), ...cookie('b') })).status).toBe(401)
    expect((await server.get('/mekari/v1/me', { cookie: 'not_mock_oauth_world=c' })).status).toBe(401)
    expect(countsOf(server)).toEqual({ a: 1, b: 1, default: 1 })
    const { body } = await server.control('GET /_mock/requests', undefined, cookie('a'))
    expect(body).toMatchObject([{ id: 'r1', response: { status: 401 } }])
  })

  it('gives way to a prefix and to the header', async () => {
    const server = await serve(['mekari'])
    await server.get('/~a/mekari/v1/me', cookie('c'))
    await server.get('/mekari/v1/me', { ...inWorld('b'), ...cookie('c') })
    expect(server.mock.worlds.list().map(({ name }) => name)).toEqual(['default', 'a', 'b'])
  })

  it('refuses what is no name', async () => {
    const { get } = await serve(['mekari'])
    expect(await get('/mekari/v1/me', cookie('a/b'))).toMatchObject({ status: 400 })
  })
})

describe("what a request presents, under nothing but a provider's URL", () => {
  /** Two worlds beside the default one; `standard` by its root, without a prefix. */
  const open = async () => {
    const server = await serve(['standard'])
    const [a, b] = [await server.mock.world('a'), await server.mock.world('b')]
    const client = await a.clients.register({ provider: 'standard', id: 'only-in-a', secret: 'secret-of-a' })
    const url = `${server.url}/authorize?${new URLSearchParams({
      client_id: client.id,
      response_type: 'code',
      redirect_uri: client.redirectUris[0] ?? '',
      scope: 'openid offline_access',
      ...challenge,
    })}`
    const basic = { authorization: `Basic ${btoa('only-in-a:secret-of-a')}` }
    const {
      tokenUrl,
      introspectUrl = '',
      pushedRequestUrl = '',
      deviceAuthorizationUrl = '',
    } = server.server.provider()
    const pathOf = (whole: string) => new URL(whole).pathname
    return {
      ...{ server, a, b, client, url, basic, token: pathOf(tokenUrl), introspect: pathOf(introspectUrl) },
      ...{ push: pathOf(pushedRequestUrl), device: pathOf(deviceAuthorizationUrl) },
    }
  }
  type Opened = Awaited<ReturnType<typeof open>>

  async function codeOf({ server, url }: Opened): Promise<string> {
    const answer = await fetch(url, { redirect: 'manual' })
    const code = new URL(answer.headers.get('location') ?? server.url).searchParams.get('code')
    return code ?? expect.fail('no code')
  }
  const exchange = async (opened: Opened, headers: Record<string, string>, fields: Record<string, string>) => {
    const { server, client, token } = opened
    const grant = { grant_type: 'authorization_code', redirect_uri: client.redirectUris[0] ?? '' }
    return server.post(token, { ...grant, code_verifier: verifier, ...fields }, headers)
  }

  it('tells its world by a client id, a code, a refresh token and an access token', async () => {
    const opened = await open()
    const { server, basic, token, introspect } = opened
    const code = await codeOf(opened)
    expect(countsOf(server)).toEqual({ a: 1 })
    const tokens = JSON.parse((await exchange(opened, basic, { code })).text)
    const refreshed = await server.post(
      token,
      { grant_type: 'refresh_token', refresh_token: tokens.refresh_token },
      basic,
    )
    const { access_token } = JSON.parse(refreshed.text)
    expect((await server.get(new URL(server.server.provider().apiUrl).pathname, bearer(access_token))).status).toBe(200)
    expect(JSON.parse((await server.post(introspect, { token: access_token }, basic)).text).active).toBe(true)
    expect(countsOf(server)).toEqual({ a: 5 })
  })

  it('tells its world by a pushed request and by a device code', async () => {
    const opened = await open()
    const { server, basic, push, device, token, url } = opened
    const fields = Object.fromEntries(new URL(url).searchParams)
    const { request_uri } = JSON.parse((await server.post(push, fields, basic)).text)
    const pushed = new URLSearchParams({ client_id: 'only-in-a', request_uri })
    expect((await server.get(`/authorize?${pushed}`)).status).toBe(303)
    const { device_code, user_code } = JSON.parse((await server.post(device, { scope: 'openid' }, basic)).text)
    const poll = { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code }
    // A browser that approves by itself needs the page only to be opened.
    expect((await server.get(`/device?user_code=${user_code}`)).status).toBeLessThan(400)
    expect(JSON.parse((await server.post(token, poll, basic)).text)).toHaveProperty('access_token')
    expect(countsOf(server)).toEqual({ a: 5 })
  })

  it('looks at the strongest first: a code of one world, with the credentials that every world knows', async () => {
    const server = await serve(['mekari'])
    const { clientId: client_id, clientSecret: client_secret = '' } = server.mock.provider('mekari')
    const a = await server.mock.world('a')
    await server.mock.world('b')
    const { authorizeUrl } = server.server.world('a').provider('mekari')
    const { redirectTo = '' } = await a.authorize(`${authorizeUrl}?${authorization(server)}`)
    const code = new URL(redirectTo).searchParams.get('code') ?? ''
    const grant = { grant_type: 'authorization_code', client_id, client_secret, code, scope: 'esign' }
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify(grant)
    const answer = await fetch(`${server.url}/mekari/auth/oauth2/token`, { method: 'POST', headers, body })
    expect(answer.status).toBe(200)
    expect(countsOf(server)).toEqual({ a: 2 })
  })

  it('is for the default world where that knows it, or nobody does: it refuses truthfully', async () => {
    const opened = await open()
    const { server } = opened
    const basic = { authorization: `Basic ${btoa('nobody:knows')}` }
    expect((await exchange(opened, basic, { code: 'made-up' })).status).toBe(401)
    const { clientId, clientSecret } = server.mock.provider()
    const own = { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` }
    expect(JSON.parse((await exchange(opened, own, { code: 'made-up' })).text).error).toBe('invalid_grant')
    expect((await server.get('/nothing')).status).toBe(404)
    expect(countsOf(server)).toEqual({ default: 3 })
  })

  it('is refused with both ways out where several worlds know it', async () => {
    const opened = await open()
    const { server, b, url, client } = opened
    await b.clients.register({ provider: 'standard', id: client.id })
    const answer = await server.get(url.slice(server.url.length))
    expect(answer.status).toBe(400)
    expect(answer.text).toMatch(/^2 worlds know the client_id of this request: [ab], [ab]\. Name the one that is meant/)
    expect(answer.text).toMatch(/\/~[ab]\/authorize\) or by the header x-mock-oauth-world: [ab]\.\n$/)
    expect(countsOf(server)).toEqual({})
    // The secret is of one of them alone, and stronger.
    expect((await exchange(opened, opened.basic, { code: 'made-up' })).status).toBe(400)
    expect(countsOf(server)).toEqual({ a: 1 })
  })

  it('is known of a client with keys by its assertion', async () => {
    const { server, token, a } = await open()
    const jwks = { keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y' }] }
    await a.clients.register({ provider: 'standard', id: 'with-keys', jwks })
    const part = (claims: object) => Buffer.from(JSON.stringify(claims)).toString('base64url')
    const assertion = `${part({ alg: 'ES256' })}.${part({ sub: 'with-keys', iss: 'with-keys' })}.c2ln`
    const client_assertion_type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
    await server.post(token, { client_assertion_type, client_assertion: assertion, grant_type: 'refresh_token' })
    expect(countsOf(server)).toEqual({ a: 1 })
  })
})

describe("a provider's real host", () => {
  /** Node's client, since `fetch` writes the Host itself. */
  const under = async (server: Served, host: string, path: string, headers: Record<string, string>) => {
    const { port } = new URL(server.url)
    return new Promise<{ status: number; text: string }>((resolve, reject) => {
      request({ port, path, headers: { host, ...headers }, agent: false }, async (answer) =>
        resolve({ status: answer.statusCode ?? 0, text: await text(answer) }),
      )
        .on('error', reject)
        .end()
    })
  }

  it('leads to the world of the header, and to the one that knows the token', async () => {
    const server = await serve(['mekari', 'mercury'])
    const { accessToken } = await (await server.mock.world('a')).mint({ provider: 'mekari' })
    await server.mock.world('b')
    const call = (headers: Record<string, string>) => under(server, 'api.mekari.com', '/v1/me', headers)
    expect((await call(bearer(accessToken))).status).toBe(200)
    expect((await call({ ...bearer(accessToken), ...inWorld('a') })).status).toBe(200)
    expect((await call({ ...bearer(accessToken), ...inWorld('b') })).status).toBe(401)
    expect(countsOf(server)).toEqual({ a: 2, b: 1 })
  })
})
