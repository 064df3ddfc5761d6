import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { other, proxied } from './proxied.ts'

const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok'
const inner = 'GET /inner HTTP/1.1\r\nHost: x\r\n\r\n'

/** A host that is no matter of ours. It shows what came of a request once that holds something, and answers then. */
async function host(answer: string, until: string) {
  let seen: (text: string) => void
  const came = new Promise<string>((resolve) => {
    seen = resolve
  })
  const { port } = await other((socket) => {
    let text = ''
    socket.on('error', () => {})
    socket.on('data', (piece) => {
      text += piece
      if (!text.includes(until)) return
      seen(text)
      socket.end(answer, 'latin1')
    })
  })
  return { port, came }
}

/** The head of a request to a host of this machine; its connection ends with the answer. */
const head = (method: string, port: number, ...more: readonly string[]) =>
  [`${method} http://127.0.0.1:${port}/ HTTP/1.1`, `Host: 127.0.0.1:${port}`, ...more, '', ''].join('\r\n')

describe('a request for another host', () => {
  it.each(['GET', 'DELETE', 'OPTIONS'])(
    'keeps the bounds of a body by pieces: no %s brings a second one',
    async (method) => {
      const { raw } = await proxied()
      const { port, came } = await host(ok, '\r\n0\r\n')
      const body = `${inner.length.toString(16)}\r\n${inner}\r\n0\r\n\r\n`
      void raw(`${head(method, port, 'Transfer-Encoding: chunked', 'Connection: close')}${body}`)
      const [, first = ''] = (await came).split('\r\n\r\n', 2).map((part) => part.toLowerCase())
      expect((await came).toLowerCase()).toContain('\r\ntransfer-encoding: chunked\r\n')
      expect(first).toMatch(new RegExp(`^${inner.length.toString(16)}\r\nget /inner`))
    },
  )

  it('keeps its length, whatever the client says of the way', async () => {
    const { raw } = await proxied()
    const { port, came } = await host(ok, '/inner')
    void raw(`${head('GET', port, 'Connection: content-length, close', `Content-Length: ${inner.length}`)}${inner}`)
    expect((await came).toLowerCase()).toContain(`\r\ncontent-length: ${inner.length}\r\n`)
  })

  it('goes where its URL says, in capitals too: there is no way around what is played', async () => {
    const { mock, raw } = await proxied()
    const said = 'GET HTTP://ACCOUNT.mekari.com/auth HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n\r\n'
    expect(await raw(said)).toMatch(/^HTTP\/1\.1 400 /)
    expect(mock.requests()).toMatchObject([{ request: { url: 'https://account.mekari.com/auth' } }])
  })

  it.each(['[::ffff:127.0.0.1]', '[::]', '0.0.0.0', 'localhost.'])(
    'does not go round in circles by way of %s',
    async (name) => {
      const { port, tunnel } = await proxied()
      expect(await tunnel(`${name}:${port}`)).toMatchObject({ status: 502 })
    },
  )
})

describe('an answer of another host', () => {
  it.each([
    [
      'a reason that nobody can say',
      'HTTP/1.1 200 O\x01K\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok',
      /^HTTP\/1\.1 200 O\?K\r\n/,
    ],
    [
      'a status that is none',
      'HTTP/1.1 000 OK\r\ncontent-length: 2\r\n\r\nok',
      /^HTTP\/1\.1 502 .*answered with the status 0, /s,
    ],
    [
      'a protocol that nobody asked for',
      'HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
      /^HTTP\/1\.1 502 .*answered with the status 101, /s,
    ],
    ['a header that nobody can read', 'HTTP/1.1 200 OK\r\nx-a: \x01\r\ncontent-length: 0\r\n\r\n', /^HTTP\/1\.1 502 /],
    ['no HTTP at all', 'SSH-2.0-OpenSSH\r\n\r\n', /^HTTP\/1\.1 502 /],
  ])('may have %s: the proxy goes on', async (_, answer, expected) => {
    const { raw } = await proxied()
    const { port } = await host(answer, '\r\n\r\n')
    expect(await raw(head('GET', port, 'Connection: close'))).toMatch(expected)
  })
})

describe('a proxy of the user', () => {
  it('gets credentials as they are, where they hold a percent sign', async () => {
    const { raw } = await proxied()
    const { port, came } = await host(ok, '\r\n\r\n')
    vi.stubEnv('http_proxy', `http://me:50%25%zz@127.0.0.1:${port}`)
    onTestFinished(() => void vi.unstubAllEnvs())
    expect(await raw('GET http://example.com/ HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n\r\n')).toMatch(
      /ok$/,
    )
    const [, pair = ''] = /proxy-authorization: Basic (\S+)/i.exec(await came) ?? []
    expect(Buffer.from(pair, 'base64').toString()).toBe('me:50%25%zz')
  })
})
