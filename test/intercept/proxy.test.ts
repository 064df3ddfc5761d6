import { once } from 'node:events'
import { createServer as createHttp } from 'node:http'
import { createServer as createHttps } from 'node:https'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { createMockOAuth } from 'mock-oauth'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createAuthority } from '../../src/intercept/authority.ts'
import { startProxy } from '../../src/intercept/proxy.ts'
import { listening, other, proxied, tokenUrl } from './proxied.ts'

const played =
  'https://account.mekari.com, https://api.mekari.com, https://sandbox-account.mekari.com, https://sandbox-sso.mekari.com, https://sandbox-api.mekari.com'
const names = played.replaceAll('https://', '')

describe("a provider's real host behind the proxy", () => {
  it('is answered with the URLs of its own', async () => {
    const { mock, call } = await proxied({ consent: 'page' })
    const { authorizeUrl, clientId } = mock.provider('mekari')
    const asked = `${authorizeUrl}?${new URLSearchParams({ client_id: clientId, response_type: 'code', scope: 'esign' })}`
    const page = await call(asked)
    expect(page.status).toBe(302)
    expect(page.headers.location).toMatch(/^https:\/\/account\.mekari\.com\//)
  })

  it('takes part in one state, whichever host and whichever form of request', async () => {
    const { mock, call, absolute, refreshWith } = await proxied()
    const { refreshToken = '' } = await mock.mint()
    const first = await call(tokenUrl, { method: 'POST', body: refreshWith(refreshToken) })
    expect(first.status).toBe(200)
    const { access_token, refresh_token } = JSON.parse(first.body)
    const authorization = `Bearer ${access_token}`
    expect((await call(mock.provider('mekari').apiUrl, { headers: { authorization } })).status).toBe(200)
    const headers = { 'content-type': 'application/json' }
    // As axios sends it.
    const second = await absolute(tokenUrl, { method: 'POST', headers, body: refreshWith(refresh_token) })
    expect(second.status).toBe(200)
    expect(mock.requests().map(({ request }) => request.url)).toEqual([
      tokenUrl,
      mock.provider('mekari').apiUrl,
      tokenUrl,
    ])
  })

  it('is answered in plain HTTP, by a tunnel and without', async () => {
    const { call, absolute } = await proxied()
    const url = 'http://api.mekari.com/v1/me'
    expect((await call(url)).status).toBe(401)
    expect((await absolute(url)).status).toBe(401)
  })

  it('is itself by TLS: HTTP/1.1 alone, with a certificate for what the client asks for', async () => {
    const { secure } = await proxied()
    const socket = await secure('api.mekari.com:443')
    expect(socket.authorized).toBe(true)
    expect(socket.getPeerCertificate().subjectaltname).toContain('DNS:api.mekari.com')
    expect((await secure('account.mekari.com:443', 'never.mekari.com')).authorized).toBe(true)
  })

  it('answers for the world that a header or a path names', async () => {
    const { mock, call, refreshWith } = await proxied()
    const world = await mock.world('w')
    const { refreshToken = '' } = await world.mint()
    const headers = { 'x-mock-oauth-world': 'w' }
    expect((await call(tokenUrl, { method: 'POST', headers, body: refreshWith(refreshToken) })).status).toBe(200)
    await call('https://account.mekari.com/~w/auth')
    expect(world.requests()).toHaveLength(2)
    expect(mock.requests()).toHaveLength(0)
  })
})

describe('a fault behind the proxy', () => {
  it('resets the connection that the client has', async () => {
    const { mock, call, refreshWith } = await proxied()
    const { refreshToken = '' } = await mock.mint()
    mock.faults.arm('token drop after')
    expect(await call(tokenUrl, { method: 'POST', body: refreshWith(refreshToken) })).toMatchObject({
      status: 0,
      error: 'ECONNRESET',
    })
    expect(mock.requests()[0]?.done?.status).toBe(200)
  })

  it('breaks off after so many bytes', async () => {
    const { mock, call, refreshWith } = await proxied()
    const { refreshToken = '' } = await mock.mint()
    mock.faults.arm('token truncate bytes=7')
    expect(await call(tokenUrl, { method: 'POST', body: refreshWith(refreshToken) })).toMatchObject({
      status: 200,
      body: expect.stringMatching(/^.{7}$/),
      error: 'ECONNRESET',
    })
  })

  it('lets a client wait until it is cleared', async () => {
    const { mock, call } = await proxied()
    mock.faults.arm('token hang')
    const waiting = call(tokenUrl, { method: 'POST', body: '{}' })
    await expect.poll(() => mock.faults.list()[0]?.fired).toBe(1)
    await mock.reset()
    expect(await waiting).toMatchObject({ status: 0, error: 'ECONNRESET' })
  })
})

describe('a host of the provider that nobody defined', () => {
  it('is named in a 502, also on another port and in absolute form', async () => {
    const { call, absolute } = await proxied()
    for (const [url, where] of [
      ['https://nothing.mekari.com/x', 'nothing.mekari.com'],
      ['https://nothing.mekari.com:8443/x', 'nothing.mekari.com'],
      ['http://mekari.com/', 'mekari.com'],
      ['https://account.mekari.com:8443/auth', 'account.mekari.com:8443'],
    ] as const) {
      const body = `${where} is no host that the definition of mekari has. Played of mekari.com: ${played}.\n`
      expect(await call(url)).toMatchObject({ status: 502, body })
      expect(await absolute(url)).toMatchObject({ status: 502, body })
    }
  })

  it('is another one where only the name ends alike', async () => {
    const { tunnel } = await proxied({}, { offline: true })
    expect((await tunnel('notmekari.com:443')).status).toBe(403)
  })
})

describe('any other host', () => {
  it('is reached by a tunnel that touches nothing', async () => {
    const stranger = await createAuthority([])
    const page = await listening(createHttps(await stranger.leafFor(['localhost']), (_, reply) => reply.end('theirs')))
    const { tunnel } = await proxied()
    const { socket, status } = await tunnel(`localhost:${(page.address() as AddressInfo).port}`)
    expect(status).toBe(200)
    const { connect } = await import('node:tls')
    const secured = connect({ socket, servername: 'localhost', ca: stranger.certificate })
    secured.write('GET / HTTP/1.0\r\n\r\n')
    expect(await text(secured)).toMatch(/theirs$/)
    expect(secured.authorized).toBe(true)
  })

  it('hears the end of one side and may still answer', async () => {
    const { port } = await other((socket) => {
      let got = ''
      socket.on('data', (chunk) => {
        got += chunk
      })
      socket.on('end', () => socket.end(`got ${got}`))
    })
    const { tunnel } = await proxied()
    const { socket } = await tunnel(`127.0.0.1:${port}`)
    socket.end('all of it')
    expect(await text(socket)).toBe('got all of it')
  })

  it('passes a break on', async () => {
    const { port } = await other((socket) => void socket.once('data', () => socket.resetAndDestroy()))
    const { tunnel } = await proxied()
    const { socket } = await tunnel(`127.0.0.1:${port}`)
    socket.write('x')
    const [{ code }] = await once(socket, 'error')
    expect(code).toBe('ECONNRESET')
  })

  it('is forwarded to in absolute form, without what is between neighbours', async () => {
    const page = await listening(
      createHttp(async (raw, reply) => {
        reply.writeHead(201, 'Made', { 'x-theirs': 'yes', connection: 'x-hop', 'x-hop': '1' })
        reply.end(JSON.stringify({ url: raw.url, headers: raw.headers, body: await text(raw) }))
      }),
    )
    const host = `127.0.0.1:${(page.address() as AddressInfo).port}`
    const { absolute } = await proxied()
    const headers = { 'x-mine': '1', 'proxy-authorization': 'Basic x', 'x-near': '1', connection: 'x-near' }
    const answer = await absolute(`http://${host}/a?b=c`, { method: 'PUT', headers, body: 'sent' })
    expect(answer).toMatchObject({ status: 201, headers: { 'x-theirs': 'yes' } })
    expect(answer.headers).not.toHaveProperty('x-hop')
    const seen = JSON.parse(answer.body)
    expect(seen).toMatchObject({ url: '/a?b=c', body: 'sent', headers: { host, 'x-mine': '1' } })
    expect(Object.keys(seen.headers)).not.toEqual(expect.arrayContaining(['proxy-authorization', 'x-near']))
  })

  it('that cannot be reached is a 502 which says why, where clients look', async () => {
    const { port, server } = await other(() => {})
    await new Promise((closed) => server.close(closed))
    const { tunnel, absolute } = await proxied()
    const sentence = `127.0.0.1:${port} cannot be reached: connect ECONNREFUSED 127.0.0.1:${port}.`
    expect(await tunnel(`127.0.0.1:${port}`)).toMatchObject({ status: 502, reason: sentence, body: `${sentence}\n` })
    expect(await absolute(`http://127.0.0.1:${port}/`)).toMatchObject({ status: 502, body: `${sentence}\n` })
  })

  it('is refused with --offline', async () => {
    const { tunnel, absolute } = await proxied({}, { offline: true })
    const sentence = `example.com is not played here, and --offline lets nothing else through. Played: ${names}.`
    expect(await tunnel('example.com:443')).toMatchObject({ status: 403, reason: sentence, body: `${sentence}\n` })
    expect(await absolute('http://example.com/')).toMatchObject({ status: 403, body: `${sentence}\n` })
  })

  it('is reached through the proxy that the environment names, but for NO_PROXY', async () => {
    const asked: string[] = []
    const theirs = await listening(
      createHttp((raw, reply) => {
        asked.push(`${raw.method} ${raw.url} ${raw.headers['proxy-authorization']}`)
        reply.end('by the other proxy')
      }).on('connect', (raw, socket) => {
        asked.push(`${raw.method} ${raw.url} ${raw.headers['proxy-authorization']}`)
        socket.end('HTTP/1.1 200 OK\r\n\r\nthrough')
      }),
    )
    const { port } = theirs.address() as AddressInfo
    withVariables({
      https_proxy: `http://me:s%20t@127.0.0.1:${port}`,
      http_proxy: `http://127.0.0.1:${port}`,
      no_proxy: 'no.invalid',
    })
    const { tunnel, absolute } = await proxied()
    const { socket } = await tunnel('other.invalid:8443')
    expect(await text(socket)).toBe('through')
    expect((await absolute('http://other.invalid/x')).body).toBe('by the other proxy')
    expect((await tunnel('no.invalid:443')).status).toBe(502)
    const basic = `Basic ${Buffer.from('me:s t').toString('base64')}`
    expect(asked).toEqual([`CONNECT other.invalid:8443 ${basic}`, 'GET http://other.invalid/x undefined'])
  })
})

/** Sets variables for one test. */
function withVariables(variables: Readonly<Record<string, string>>): void {
  const before = { ...process.env }
  Object.assign(process.env, variables)
  onTestFinished(() => {
    for (const name of Object.keys(variables)) delete process.env[name]
    Object.assign(process.env, before)
  })
}

describe('the proxy', () => {
  it('goes through itself never', async () => {
    const { tunnel, absolute, port } = await proxied()
    const sentence = `127.0.0.1:${port} is this proxy itself.\n`
    expect(await tunnel(`127.0.0.1:${port}`)).toMatchObject({ status: 502, body: sentence })
    expect((await tunnel(`localhost:${port}`)).status).toBe(502)
    expect(await absolute(`http://127.0.0.1:${port}/`)).toMatchObject({ status: 502, body: sentence })
    withVariables({ https_proxy: `http://127.0.0.1:${port}` })
    expect((await tunnel('other.invalid:443')).reason).toContain('ENOTFOUND')
  })

  it('is no page for a browser', async () => {
    const { raw, proxy } = await proxied()
    const answer = await raw('GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(answer).toContain(
      `This is the proxy of mock-oauth: it takes requests for other hosts, as HTTPS_PROXY=${proxy.url} brings them.`,
    )
  })

  it('opens no way to the control API that its guard does not', async () => {
    const { mock, absolute } = await proxied()
    const { url } = await mock.listen({ port: 0 })
    expect((await absolute(`${url}/_mock/health`)).status).toBe(200)
    expect((await absolute(`${url}/_mock/clock`, { headers: { origin: 'https://evil.example' } })).status).toBe(403)
    const { port } = new URL(url)
    expect((await absolute(`http://127.0.0.1:${port}/_mock/clock`, { headers: { host: 'evil.example' } })).status).toBe(
      200,
    )
    // What the target names counts, and what it names is a foreign name for this machine.
    const rebound = await absolute(`http://127.0.0.1:${port}/_mock/clock`, {
      headers: { origin: 'http://rebound.example' },
    })
    expect(rebound.status).toBe(403)
    // The providers' hosts have no control API.
    expect((await absolute('https://account.mekari.com/_mock/clock')).status).toBe(404)
  })

  it('listens on this machine alone', async () => {
    const mock = await createMockOAuth({ providers: ['mekari'] })
    onTestFinished(() => mock.close())
    const authority = await createAuthority(['mekari.com'])
    await expect(startProxy(mock, { authority, host: '0.0.0.0' })).rejects.toMatchObject({ code: 'invalid_option' })
    const { port } = await other(() => {})
    await expect(startProxy(mock, { authority, port })).rejects.toMatchObject({ code: 'port_in_use' })
  })

  it('refuses two providers of one host, and says which to drop', async () => {
    const mock = await createMockOAuth({ providers: ['mercado-pago', 'mercado-pago@2024'] })
    onTestFinished(() => mock.close())
    const authority = await createAuthority(['mercadopago.com'])
    await expect(startProxy(mock, { authority })).rejects.toMatchObject({
      code: 'host_ambiguous',
      message: expect.stringMatching(
        /^https:\/\/\S+ is a host of mercado-pago and of mercado-pago@2024, and behind a proxy nothing tells which one is meant\. Play only one of them: drop mercado-pago@2024, or mercado-pago\.$/,
      ),
    })
  })

  it('says so where a provider came after the certificates were made', async () => {
    const { mock, tunnel } = await proxied()
    await mock.reconfigure({ providers: ['mekari', 'mercury'] })
    expect(await tunnel('api.mercury.com:443')).toMatchObject({
      status: 502,
      reason: 'api.mercury.com came after the start, and no certificate of this run can name it. Start again.',
    })
  })

  it('ends with all that goes through it', async () => {
    const { port } = await other(() => {})
    const { proxy, tunnel, secure } = await proxied()
    const [through, ended] = [(await tunnel(`127.0.0.1:${port}`)).socket, await secure('account.mekari.com:443')]
    for (const socket of [through, ended]) socket.on('error', () => {})
    await Promise.all([once(through, 'close'), once(ended, 'close'), proxy.close()])
  })
})
