import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { connect as connectSecurely, type TLSSocket } from 'node:tls'
import { createMockOAuth, type MockOAuthOptions } from 'mock-oauth'
import { onTestFinished } from 'vitest'
import { type Authority, createAuthority } from '../../src/intercept/authority.ts'
import { type ProxyOptions, startProxy } from '../../src/intercept/proxy.ts'

export const tokenUrl = 'https://account.mekari.com/auth/oauth2/token'

/** What a client got: an error in place of a status where the connection broke. */
export interface Arrived {
  status: number
  headers: IncomingMessage['headers']
  body: string
  error?: string
}

/** A mock of Mekari behind a proxy; both go with the test. */
export async function proxied(options: Partial<MockOAuthOptions> = {}, more: Partial<ProxyOptions> = {}) {
  const mock = await createMockOAuth({ providers: ['mekari'], seed: 'proxy', consent: 'approve', ...options })
  const authority: Authority = await createAuthority(['mekari.com'])
  const proxy = await startProxy(mock, { authority, ...more })
  onTestFinished(async () => {
    await proxy.close()
    await mock.close()
  })
  const { hostname, port } = new URL(proxy.url)

  /** Asks the proxy for a tunnel. */
  async function tunnel(to: string): Promise<{ status: number; reason: string; body: string; socket: Socket }> {
    const asking = httpRequest({ hostname, port, method: 'CONNECT', path: to, agent: false }).end()
    const [answer, socket, head] = (await once(asking, 'connect')) as [IncomingMessage, Socket, Buffer]
    socket.unshift(head)
    onTestFinished(() => void socket.destroy())
    const { statusCode: status = 0, statusMessage: reason = '' } = answer
    return { status, reason, body: status === 200 ? '' : await text(socket), socket }
  }

  /** A TLS connection through a tunnel. */
  async function secure(to: string, name = to.replace(/:\d+$/, '')): Promise<TLSSocket> {
    const { socket } = await tunnel(to)
    const secured = connectSecurely({ socket, servername: name, ca: authority.certificate })
    onTestFinished(() => void secured.destroy())
    await once(secured, 'secureConnect')
    return secured
  }

  /** A request through a tunnel of its own. */
  async function call(url: string, { body, ...init }: RequestOptions & { body?: string } = {}): Promise<Arrived> {
    const { host, hostname: name, port: at, protocol, pathname, search } = new URL(url)
    const to = `${name}:${at || (protocol === 'https:' ? 443 : 80)}`
    const socket = protocol === 'https:' ? await secure(to) : (await tunnel(to)).socket
    const headers = { host, ...(body && { 'content-type': 'application/json' }), ...init.headers } as Record<
      string,
      string
    >
    return arrived({ ...init, path: pathname + search, headers, createConnection: () => socket }, body)
  }

  /** A request to the proxy in absolute form. */
  const absolute = (url: string, { body, ...init }: RequestOptions & { body?: string } = {}): Promise<Arrived> =>
    arrived(
      { hostname, port, path: url, agent: false, ...init, headers: { host: new URL(url).host, ...init.headers } },
      body,
    )

  /** Bytes as they are, and what comes back until the proxy closes. */
  async function raw(bytes: string | Buffer): Promise<string> {
    const socket = connect(Number(port), hostname)
    onTestFinished(() => void socket.destroy())
    socket.on('error', () => {})
    socket.write(bytes)
    return text(socket).catch(() => '')
  }

  /** Bytes as they are, and nothing else: the connection is left when they are out. */
  async function send(bytes: Buffer): Promise<void> {
    const socket = connect(Number(port), hostname)
    socket.on('error', () => {})
    socket.end(bytes)
    socket.resume()
    await once(socket, 'close')
  }

  /** A refresh, as JSON. */
  const refreshWith = (refreshToken: string) => {
    const { clientId, clientSecret } = mock.provider('mekari')
    const pair = { client_id: clientId, client_secret: clientSecret }
    return JSON.stringify({
      ...pair,
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      scope: 'esign sso:profile',
    })
  }
  return { mock, authority, proxy, port: Number(port), tunnel, secure, call, absolute, raw, send, refreshWith }
}

async function arrived(options: RequestOptions, body?: string): Promise<Arrived> {
  return new Promise((resolve) => {
    const asking = httpRequest(options)
    const got: Arrived = { status: 0, headers: {}, body: '' }
    const broke = ({ code = '' }: NodeJS.ErrnoException) => resolve({ ...got, error: code })
    asking.on('error', broke)
    asking.on('response', (answer) => {
      Object.assign(got, { status: answer.statusCode, headers: answer.headers })
      answer.setEncoding('utf8').on('data', (chunk) => {
        got.body += chunk
      })
      answer.on('error', broke)
      answer.on('end', () => resolve(got))
    })
    asking.end(body)
  })
}

/** Something else on this machine; it goes with the test. */
export async function other(answer: (socket: Socket) => void): Promise<{ server: Server; port: number }> {
  const server = createServer({ allowHalfOpen: true }, answer)
  await listening(server)
  return { server, port: (server.address() as AddressInfo).port }
}

/** Listens on a free port, for as long as the test. */
export async function listening<S extends Server>(server: S): Promise<S> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => sockets.add(socket))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return server
}
