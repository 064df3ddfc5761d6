import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { inside } from '../control/inside.ts'
import type { MockWorld } from '../control/mock-world.ts'
import { createDoorways } from '../entrance/doorways.ts'
import { createEntrance } from '../entrance/entrance.ts'
import { isLoopback } from '../entrance/host.ts'
import { addressee, createDoor } from '../server/door.ts'
import { holdFor } from '../server/hold-for.ts'
import { unavailable } from '../server/unavailable.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'
import type { Authority } from './authority.ts'
import { type Destination, destinationOf } from './destination.ts'
import { createEnds } from './ends.ts'
import { forward } from './forward.ts'
import { hostsOf, refuseShared } from './hosts.ts'
import { refuse, say } from './say.ts'
import { join, reach } from './tunnel.ts'
import { createUpstream } from './upstream.ts'

/** How a proxy stands. */
export interface ProxyOptions {
  /** Covers the domains of what is played. */
  readonly authority: Authority
  /** Refuses hosts that are not played, in place of a tunnel to them. */
  readonly offline?: boolean
  /** 0, the default, picks a free one. */
  readonly port?: number
  /** A loopback address: on any other it would be a relay for others. Default: 127.0.0.1. */
  readonly host?: string
  /** Hears why a host is refused, which most clients keep to themselves. */
  readonly onRefused?: (sentence: string) => void
}

/** An HTTP proxy between programs and the providers. */
export interface Proxy {
  /** `http://127.0.0.1:34567` */
  readonly url: string
  close(): Promise<void>
}

/** As long as the server keeps a connection that is not in use. */
const keepAliveTimeout = 72_000

/**
 * Starts an HTTP proxy: a mock answers for the hosts of what it plays, and other hosts are reached as ever.
 * @throws {MockOAuthError} `host_ambiguous`, `invalid_option`, `port_in_use`, `address_unavailable`
 */
export async function startProxy(
  mock: MockWorld,
  { authority, offline = false, port = 0, host = '127.0.0.1', onRefused }: ProxyOptions,
): Promise<Proxy> {
  const { worlds } = mock[inside]
  const hosts = () => hostsOf(worlds.main.environments)
  refuseShared(worlds.main.environments)
  if (!isLoopback(host)) {
    throw new MockOAuthError('invalid_option', `A proxy listens on this machine alone, not on ${host}. Try 127.0.0.1.`)
  }
  const door = createDoor(createEntrance(worlds, createDoorways(), holdFor))
  const server = createServer({ keepAliveTimeout }, answer).on('connect', connect)
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  const ends = await createEnds(authority, hosts().names, (socket) => server.emit('connection', socket))

  await new Promise<void>((listening, fail) => {
    server.once('error', (error) => fail(unavailable(error, host, port, '--proxy-port')))
    server.listen({ port, host }, listening)
  })
  const { port: bound } = server.address() as AddressInfo
  const isItself = (to: Destination) => isHere(to.host) && to.port === bound
  const upstream = createUpstream(isItself)

  const awayFrom = (to: Destination) =>
    `${to.host} is not played here, and --offline lets nothing else through. Played: ${hosts().names.join(', ')}.`

  const told = (sentence: string) => {
    onRefused?.(sentence)
    return sentence
  }

  function answer(raw: IncomingMessage, reply: ServerResponse) {
    const tunnel = ends.leadOf(raw.socket)
    if (tunnel) raw.headers.host ??= tunnel.host
    else if (!/^https?:\/\//i.test(raw.url ?? '')) return say(reply, 400, noPage(url))
    const { scheme, host: named } = addressee(raw)
    const to = destinationOf(named, scheme === 'https' ? 443 : 80)
    if (!to) return say(reply, 400, 'The request names no host.')
    const judged = hosts().judge(to.host, tunnel?.port ?? to.port)
    if (judged === 'play') return void door(raw, reply)
    if (judged !== 'pass') return say(reply, 502, told(judged.refuse))
    if (tunnel) return say(reply, 421, `${to.host} is not played here, and this connection is one to ${tunnel.host}.`)
    if (isItself(to)) return say(reply, 502, itself(to))
    if (offline) return say(reply, 403, told(awayFrom(to)))
    forward(raw, reply, upstream)
  }

  function connect(raw: IncomingMessage, socket: Socket, head: Buffer) {
    // Whoever leaves early is no error.
    socket.on('error', () => {})
    const to = destinationOf(raw.url ?? '')
    if (!to || ends.leadOf(raw.socket)) return refuse(socket, 400, noTunnel)
    if (isItself(to)) return refuse(socket, 502, itself(to))
    if (hosts().judge(to.host, to.port) === 'pass') {
      if (offline) return refuse(socket, 403, told(awayFrom(to)))
      socket.unshift(head)
      return void tunnel(socket, to)
    }
    if (!authority.covers(to.host)) return refuse(socket, 502, tooLate(to))
    socket.write(established)
    socket.unshift(head)
    ends.take(socket, to)
  }

  async function tunnel(socket: Socket, to: Destination) {
    try {
      const other = await reach(to, upstream)
      if (socket.destroyed) return void other.destroy()
      if (isItself({ host: other.remoteAddress ?? '', port: other.remotePort ?? 0 })) {
        other.destroy()
        return refuse(socket, 502, itself(to))
      }
      socket.write(established)
      join(socket, other)
    } catch (error) {
      refuse(socket, 502, `${to.host}:${to.port} cannot be reached: ${(error as Error).message}.`)
    }
  }

  const url = `http://${host.includes(':') ? `[${host}]` : host}:${bound}`
  return {
    url,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

/** What is reached of this machine by no address, or by one of IPv4 in the words of IPv6, is its loopback. */
const isHere = (host: string) => host === '0.0.0.0' || host === '::' || isLoopback(host.replace(/^::ffff:/, ''))

const established = 'HTTP/1.1 200 Connection established\r\n\r\n'

const noPage = (url: string) =>
  `This is the proxy of mock-oauth: it takes requests for other hosts, as HTTPS_PROXY=${url} brings them.`

const noTunnel = 'CONNECT needs a host and a port, and no tunnel around it.'

const tooLate = ({ host }: Destination) =>
  `${host} came after the start, and no certificate of this run can name it. Start again.`

const itself = ({ host, port }: Destination) => `${host}:${port} is this proxy itself.`
