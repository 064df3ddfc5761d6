import { request as httpRequest } from 'node:http'
import { createMockOAuth, type ListenOptions } from 'mock-oauth'
import { describe, expect, it, onTestFinished } from 'vitest'

async function serve(at: ListenOptions = {}) {
  const mock = await createMockOAuth({ providers: ['mekari'] })
  const { url } = await mock.listen({ port: 0, ...at })
  onTestFinished(() => mock.close())
  const { port } = new URL(url)
  /** Status and error code of a control call; fetch would not send these headers. */
  return (headers: Record<string, string>, path = '/_mock/users', method = 'GET') =>
    new Promise<[status: number | undefined, code?: string]>((resolve, reject) => {
      httpRequest({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
        let body = ''
        answer.on('data', (chunk) => {
          body += chunk
        })
        answer.on('end', () => {
          const code = body.startsWith('{"error"') ? JSON.parse(body).error.code : undefined
          resolve(code === undefined ? [answer.statusCode] : [answer.statusCode, code])
        })
      })
        .on('error', reject)
        .end()
    })
}

const forbidden = [403, 'forbidden']
const withToken = (token: string) => ({ authorization: `Bearer ${token}` })

describe('a control call', () => {
  it.each(['localhost', 'localhost:4420', 'LOCALHOST', '127.0.0.1:1', '127.9.9.9', '[::1]:4420', 'mock.localhost'])(
    'is taken under the Host %s',
    async (host) => {
      expect(await (await serve())({ host })).toEqual([200])
    },
  )

  it.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil.example:4420',
    '192.168.0.5',
    '0.0.0.0',
    'account.mekari.com',
    'mock',
  ])('is refused under the Host %s, which may be DNS rebinding', async (host) => {
    const call = await serve()
    expect(await call({ host })).toEqual(forbidden)
    expect(await call({ host }, '/_mock/reset', 'POST')).toEqual(forbidden)
    expect(await call({ host }, '/_mock/health')).toEqual([200])
  })

  it.each(['http://localhost:3000', 'http://127.0.0.1', 'https://app.localhost', 'http://[::1]:8080'])(
    'is taken from a page of %s',
    async (origin) => {
      expect(await (await serve())({ origin })).toEqual([200])
    },
  )

  it.each(['https://evil.example', 'null', 'http://localhost.evil.example', 'file://', 'x', ''])(
    'is refused from a page of "%s", which may be request forgery',
    async (origin) => {
      const call = await serve()
      expect(await call({ origin })).toEqual(forbidden)
      expect(await call({ origin }, '/_mock/reset', 'POST')).toEqual(forbidden)
    },
  )

  it('is never opened to scripts of other origins', async () => {
    const call = await serve()
    expect(await call({ origin: 'https://evil.example' }, '/_mock/reset', 'OPTIONS')).toEqual(forbidden)
    expect(await call({ origin: 'http://localhost:3000' }, '/_mock/reset', 'OPTIONS')).toEqual([404, 'unknown_route'])
  })

  it('with the control token is taken from anywhere', async () => {
    const call = await serve({ controlToken: 'open-sesame' })
    expect(await call({ host: 'evil.example', ...withToken('open-sesame') })).toEqual([200])
    expect(await call({ origin: 'null', ...withToken('open-sesame') })).toEqual([200])
    for (const wrong of ['open', 'OPEN-SESAME', 'open-sesamex', '']) {
      expect(await call({ host: 'evil.example', ...withToken(wrong) })).toEqual(forbidden)
    }
    expect(await call({})).toEqual([200])
  })

  it('is taken under a name that was allowed, and from its pages', async () => {
    const call = await serve({ allowHosts: ['mock'] })
    expect(await call({ host: 'mock:4420' })).toEqual([200])
    expect(await call({ host: 'mock', origin: 'http://mock:3000' })).toEqual([200])
    expect(await call({ host: 'mock.evil.example' })).toEqual(forbidden)
    expect(await call({ host: 'mock', origin: 'https://evil.example' })).toEqual(forbidden)
  })

  it('needs the token where the server is not bound to loopback', async () => {
    const call = await serve({ host: '0.0.0.0', controlToken: 'open-sesame', allowHosts: ['mock'] })
    for (const headers of [{}, { host: 'localhost' }, { host: 'mock' }, withToken('wrong')]) {
      expect(await call(headers)).toEqual(forbidden)
    }
    expect(await call(withToken('open-sesame'))).toEqual([200])
    expect(await call({}, '/_mock/health')).toEqual([200])
    expect(await call({}, '/mekari/v1/me')).toEqual([401])
  })

  it('needs a token that was made up where none was given', async () => {
    const call = await serve({ host: '0.0.0.0' })
    expect(await call({})).toEqual(forbidden)
    expect(await call({ authorization: 'Bearer undefined' })).toEqual(forbidden)
  })

  it('cannot be disguised', async () => {
    const call = await serve()
    const evil = { host: 'evil.example' }
    expect(await call(evil, '/_mock//users')).not.toEqual([200])
    expect(await call(evil, '/%5Fmock/users')).not.toEqual([200])
    expect(await call(evil, '/_MOCK/users')).not.toEqual([200])
    expect(await call(evil, '/x/../_mock/users')).not.toEqual([200])
    expect(await call(evil, '/_mock/users?x=/_mock/health')).toEqual(forbidden)
    expect(await call(evil, '/_mock/openapi.json')).toEqual(forbidden)
  })
})
