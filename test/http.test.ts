import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { createMockOAuth, type MockOAuthOptions } from 'mock-oauth'
import { describe, expect, it, onTestFinished } from 'vitest'

async function serve(options: Partial<MockOAuthOptions> = {}) {
  const mock = await createMockOAuth({ providers: ['mekari'], seed: 'http', consent: 'approve', ...options })
  const { url } = await mock.listen({ port: 0 })
  onTestFinished(() => mock.close())
  const { host, port } = new URL(url)
  /** Sends bytes as they are and reads until the server closes. */
  const raw = async (...pieces: (string | Buffer)[]) => {
    const socket = connect(Number(port), '127.0.0.1')
    for (const piece of pieces) socket.write(piece)
    const answer = await text(socket)
    return {
      status: Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]),
      answer,
      body: answer.split('\r\n\r\n').slice(1).join(''),
    }
  }
  const line = (target: string, headers: string[] = [], method = 'GET') =>
    [`${method} ${target} HTTP/1.1`, `Host: ${host}`, 'Connection: close', ...headers, '', ''].join('\r\n')
  return { mock, url, host, raw, line }
}

const tokenPath = '/mekari/auth/oauth2/token'
const json = 'Content-Type: application/json'
const missing = '{"error":"invalid_request","error_description":"The parameter grant_type is missing"}'
const gatewayNotFound = '{"code":"MAG-006","message":"Data Service Scope (end point) is not found."}'

describe('a URL of the server', () => {
  it.each(['/mekari', '/mekari:sandbox', '/mekari%3Asandbox', '/mekari%3asandbox', ''])(
    'with the base "%s" stands for the whole provider',
    async (base) => {
      const { mock, url } = await serve()
      const { clientId, clientSecret } = mock.provider(base.includes('sandbox') ? 'mekari:sandbox' : 'mekari')
      const query = `client_id=${clientId}&response_type=code&scope=esign`
      const asked = await fetch(`${url}${base}/auth?${query}`, { redirect: 'manual' })
      const code = new URL(asked.headers.get('location') ?? '').searchParams.get('code')
      const answer = await fetch(`${url}${base}/auth/oauth2/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          client_id: clientId,
          client_secret: clientSecret,
          grant_type: 'authorization_code',
          code,
          scope: 'esign',
        }),
      })
      const { access_token } = (await answer.json()) as { access_token: string }
      const authorization = `Bearer ${access_token}`
      expect((await fetch(`${url}${base}/v1/me`, { headers: { authorization } })).status).toBe(200)
      expect(
        (await fetch(`${url}${base}/auth/oauth2/token`, { method: 'DELETE', headers: { authorization } })).status,
      ).toBe(204)
      expect((await fetch(`${url}${base}/v1/me`, { headers: { authorization } })).status).toBe(401)
    },
  )

  it.each([
    ['/mekari', '/mekari/users/sign_in?'],
    ['/mekari:sandbox', '/mekari:sandbox/users/sign_in?'],
    ['', '/users/sign_in?'],
  ])('with the base "%s" leads a person to %s of the same server', async (base, page) => {
    const { mock, url } = await serve({ consent: 'page' })
    const { clientId } = mock.provider(base.includes('sandbox') ? 'mekari:sandbox' : 'mekari')
    const query = `client_id=${clientId}&response_type=code&scope=esign`
    const asked = await fetch(`${url}${base}/auth?${query}`, { redirect: 'manual' })
    const location = asked.headers.get('location') ?? ''
    expect(location.startsWith(url + page)).toBe(true)
    const shown = await fetch(location)
    expect(shown.status).toBe(200)
    expect(shown.headers.get('set-cookie')).toMatch(new RegExp(`; Path=${base}/; HttpOnly; SameSite=Lax$`))
  })

  it.each(['account.mekari.com', 'ACCOUNT.mekari.com', 'account.mekari.com:443', 'account.mekari.com:80'])(
    'under the Host %s is the provider itself',
    async (host) => {
      const { raw } = await serve()
      const { status, body } = await raw(
        `POST /auth/oauth2/token HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
      )
      expect([status, body]).toEqual([400, missing])
    },
  )

  it.each(['mekari', 'mekari:sandbox'])('under a real host of %s stays there, on any port', async (name) => {
    const { mock, raw } = await serve({ consent: 'page' })
    const { authorizeUrl, apiUrl, clientId } = mock.provider(name)
    const other = mock.provider(name === 'mekari' ? 'mekari:sandbox' : 'mekari')
    const [login, api] = [new URL(authorizeUrl).host, new URL(apiUrl).host]
    const get = (target: string, host: string, ...more: string[]) =>
      raw([`GET ${target} HTTP/1.1`, `Host: ${host}:4420`, 'Connection: close', ...more, '', ''].join('\r\n'))
    const ask = (id: string) => get(`/auth?client_id=${id}&response_type=code&scope=esign`, login)

    expect((await ask(other.clientId)).status).toBe(400)
    const { answer } = await ask(clientId)
    const [, page = ''] = /^location: (.*)\r$/m.exec(answer) ?? []
    expect(page.startsWith(`http://${login}:4420/users/sign_in?`)).toBe(true)
    const shown = await get(page.slice(`http://${login}:4420`.length), login)
    expect(shown.body).toContain(`<form method="post" action="http://${login}:4420/users/sign_in?`)
    expect(shown.answer).toMatch(/^set-cookie: mock_oauth_sign_in=\w+; Path=\/; /m)

    const bearerOf = async (provider: string) => `Authorization: Bearer ${(await mock.mint({ provider })).accessToken}`
    expect((await get('/v1/me', api, await bearerOf(name))).status).toBe(200)
    expect((await get('/v1/me', api, await bearerOf(name === 'mekari' ? 'mekari:sandbox' : 'mekari'))).status).toBe(401)
    const opened = await mock.authorize(
      `http://${login}:4420/auth?client_id=${clientId}&response_type=code&scope=esign`,
    )
    expect(opened).toHaveProperty('redirectTo')
  })

  it('in absolute form says whom it is for, whatever the Host', async () => {
    const { raw, host, line } = await serve()
    expect((await raw(line(`http://${host}/mekari/v1/me`))).status).toBe(401)
    expect((await raw(line('http://api.mekari.com/v1/me'))).status).toBe(401)
    expect((await raw(line('https://api.mekari.com/nothing'))).body).toBe(gatewayNotFound)
    expect((await raw(line('http://account.mekari.com'))).status).toBe(404)
    expect((await raw(line('http://account.mekari.com?x=1'))).status).toBe(404)
  })

  it('that nobody plays is a 404 that the journal lists', async () => {
    const { url, mock } = await serve()
    for (const path of [
      '/',
      '/nobody/auth',
      '/mekari',
      '/mekari/',
      '/mekari/nothing',
      '/%6dekari/auth',
      '/mekari/auth%ZZ',
      '/%',
    ]) {
      expect([path, (await fetch(url + path)).status]).toEqual([path, 404])
    }
    expect(mock.requests().every(({ refusal }) => refusal?.kind === 'endpoint_unknown')).toBe(true)
    expect(mock.requests()).toHaveLength(8)
  })

  it('says where the providers are, where none is meant', async () => {
    const { url, mock } = await serve({ providers: ['mekari', 'mercury'] })
    const answer = await fetch(`${url}/mekri/auth/oauth2/token`, { method: 'POST' })
    expect([answer.status, await answer.text()]).toEqual([
      404,
      expect.stringMatching(/^No provider is played here\. .* documented paths: \/mekari, \/mekari:sandbox, /),
    ])
    expect(mock.explain().expected).toMatch(/^a path behind \/mekari, /)
  })
})

describe('a body over HTTP', () => {
  const chunk = (bytes: string) => `${Buffer.byteLength(bytes).toString(16)}\r\n${bytes}\r\n`

  it('may come in chunks', async () => {
    const { raw, line } = await serve()
    const head = line(tokenPath, [json, 'Transfer-Encoding: chunked'], 'POST')
    expect(await raw(head, chunk('{"a"'), chunk(':1}'), chunk(''))).toMatchObject({ status: 400, body: missing })
  })

  it('of 1,000,001 bytes is refused, also in chunks', async () => {
    const { raw, line } = await serve()
    const head = line(tokenPath, [json, 'Transfer-Encoding: chunked'], 'POST')
    const [half, tooMuch] = [`{"x":"${'x'.repeat(499_994)}`, `${'x'.repeat(499_999)}"}`]
    const just = await raw(head, chunk(half), chunk(tooMuch.slice(1)), chunk(''))
    expect(just).toMatchObject({ status: 400, body: missing })
    const over = await raw(head, chunk(half), chunk(tooMuch), chunk(''))
    expect(over).toMatchObject({
      status: 413,
      body: '{"error":"invalid_request","error_description":"The body is too large"}',
    })
  })

  it('that is announced as huge is refused without waiting for the rest', async () => {
    const { raw, line } = await serve()
    const { status } = await raw(line(tokenPath, [json, 'Content-Length: 50000000'], 'POST'), 'x'.repeat(1_100_000))
    expect(status).toBe(413)
  })

  it('that is not UTF-8 never matches a secret', async () => {
    const { raw, line, mock } = await serve()
    const { clientId } = mock.provider()
    const bytes = Buffer.concat([
      Buffer.from(`{"grant_type":"refresh_token","client_id":"${clientId}","client_secret":"`),
      Buffer.from([0xff, 0xfe, 0xc0, 0x80]),
      Buffer.from('"}'),
    ])
    const { status, body } = await raw(line(tokenPath, [json, `Content-Length: ${bytes.length}`], 'POST'), bytes)
    expect([status, body]).toEqual([401, '{"error":"invalid_client","error_description":"Wrong client secret"}'])
  })

  it('that breaks off harms nobody', async () => {
    const { raw, line, url, host } = await serve()
    const socket = connect(Number(host.split(':')[1]), '127.0.0.1')
    await new Promise<void>((resolve) =>
      socket.write(line(tokenPath, [json, 'Content-Length: 100'], 'POST'), () => resolve()),
    )
    socket.destroy()
    expect((await raw(line('/mekari/v1/me'))).status).toBe(401)
    expect((await fetch(`${url}/_mock/health`)).status).toBe(200)
  })
})

describe('an odd request', () => {
  const chars = Array.from({ length: 90 }, (_, i) => `X-Header-${i}: ${'v'.repeat(20)}`)
  it.each<[string, string, string[], string, number]>([
    ['with a content type that is none', tokenPath, ['Content-Type: ;;;=', 'Content-Length: 2'], 'POST', 400],
    ['with an empty content type', tokenPath, ['Content-Type:', 'Content-Length: 2'], 'POST', 400],
    ['with two content types', tokenPath, [json, 'Content-Type: text/plain', 'Content-Length: 2'], 'POST', 400],
    [
      'with a charset that is none',
      tokenPath,
      ['Content-Type: application/json; charset="', 'Content-Length: 2'],
      'POST',
      400,
    ],
    [
      'with two Authorization headers',
      '/mekari/v1/me',
      ['Authorization: Bearer a', 'Authorization: Bearer b'],
      'GET',
      401,
    ],
    ['with a Bearer of strange bytes', '/mekari/v1/me', ['Authorization: Bearer \xff\xfe'], 'GET', 401],
    ['with a cookie that is none', '/mekari/auth', ['Cookie: =;;=%ZZ; mock_oauth_session=%ZZ'], 'GET', 400],
    ['with many headers', '/mekari/v1/me', chars, 'GET', 401],
    ['with a long URL', `/mekari/auth?state=${'x'.repeat(14_000)}`, [], 'GET', 400],
    ['with a URL that is too long', `/mekari/auth?state=${'x'.repeat(20_000)}`, [], 'GET', 431],
    ['with bad percent escapes in the path', '/mekari/%E0%A4%A', [], 'GET', 404],
    ['with bad percent escapes in the query', '/mekari/auth?client_id=%ZZ&%=%', [], 'GET', 400],
    ['with bytes beyond ASCII in the URL', '/mekari/auth?client_id=\xc3\xa9', [], 'GET', 400],
    ['with a query of ampersands', `/mekari/auth?${'&='.repeat(3_000)}`, [], 'GET', 400],
    ['for the server as a whole', '*', [], 'OPTIONS', 404],
    ['of an uncommon method', '/mekari/auth', [json, 'Content-Length: 2'], 'PROPFIND', 405],
    ['of a method with a body of any type', tokenPath, ['Content-Type: text/xml', 'Content-Length: 2'], 'SEARCH', 405],
    ['of a GET with a body', '/mekari/v1/me', [json, 'Content-Length: 2'], 'GET', 401],
  ])('%s gets an answer that is no 5xx', async (_, target, headers, method, expected) => {
    const { raw, line } = await serve({ consent: 'page' })
    const bytes = headers.some((header) => header.startsWith('Content-Length')) ? '{}' : ''
    expect((await raw(Buffer.from(line(target, headers, method) + bytes, 'latin1'))).status).toBe(expected)
  })

  it.each(['a b', '[', ']', 'localhost:99999', 'user@localhost', 'localhost/path', '%zz', ' '])(
    'under the Host "%s" is refused as such, before and behind the provider',
    async (host) => {
      const { raw } = await serve({ consent: 'page' })
      for (const path of ['/mekari/users/sign_in?return_to=L2F1dGg_', '/mekari/auth', '/nobody']) {
        const { status } = await raw(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
        expect([path, status]).toEqual([path, 400])
      }
      const control = await raw(`GET /_mock/providers HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
      expect([400, 403]).toContain(control.status)
    },
  )

  it('with a header that only answers have is a request like any other', async () => {
    const { mock, url, raw, line } = await serve()
    const refused = await raw(line('/mekari/v1/me', ['Set-Cookie: a=1', 'Set-Cookie: mock_oauth_session=2']))
    expect(refused.status).toBe(401)
    expect(mock.requests()[0]?.request.headers['set-cookie']).toBe('a=1, mock_oauth_session=2')
    expect((await fetch(`${url}/_mock/requests`)).status).toBe(200)
  })

  it('that is not HTTP is answered by 400', async () => {
    const { raw } = await serve()
    expect((await raw('HELLO\r\n\r\n')).status).toBe(400)
  })

  it('of HTTP/1.0 without a Host is answered', async () => {
    const { raw } = await serve()
    expect((await raw('GET /mekari/v1/me HTTP/1.0\r\n\r\n')).status).toBe(401)
  })
})

describe('an answer', () => {
  it('states its length and keeps the connection', async () => {
    const { url } = await serve()
    const answer = await fetch(`${url}/mekari/v1/me`)
    expect(answer.headers.get('content-length')).toBe(String((await answer.text()).length))
    expect(answer.headers.get('connection')).toBe('keep-alive')
  })

  it('carries the time of the world', async () => {
    const { mock, url } = await serve()
    mock.clock.move({ set: '2030-02-03T04:05:06Z', freeze: true })
    expect((await fetch(`${url}/mekari/v1/me`)).headers.get('date')).toBe('Sun, 03 Feb 2030 04:05:06 GMT')
  })
})
