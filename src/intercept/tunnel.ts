import { request } from 'node:http'
import { request as secureRequest } from 'node:https'
import { connect, type Socket } from 'node:net'
import { authorityOf, type Destination } from './destination.ts'
import { credentialsFor, type Upstream } from './upstream.ts'

/** How long a connection to another host may take to stand. */
const patience = 30_000

/**
 * A connection to a host that is no matter of ours: through the user's own proxy where the environment names one.
 * @throws {Error} with what went wrong, as Node or the proxy says it
 */
export function reach(to: Destination, upstream: Upstream): Promise<Socket> {
  const authority = authorityOf(to)
  const proxy = upstream(new URL(`https://${authority}`))
  return proxy ? throughProxy(proxy, authority) : straight(to)
}

function straight({ host, port }: Destination): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, allowHalfOpen: true, timeout: patience })
    socket.once('error', reject)
    socket.once('timeout', () => socket.destroy(new Error('it took too long')))
    socket.once('connect', () => {
      socket.setTimeout(0)
      socket.off('error', reject)
      resolve(socket)
    })
  })
}

function throughProxy(proxy: URL, authority: string): Promise<Socket> {
  const send = proxy.protocol === 'https:' ? secureRequest : request
  return new Promise((resolve, reject) => {
    if (!/^https?:$/.test(proxy.protocol)) return reject(new Error(`${proxy.protocol} proxies are not spoken here`))
    const asking = send({
      hostname: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: proxy.port,
      method: 'CONNECT',
      path: authority,
      headers: { host: authority, ...credentialsFor(proxy) },
      agent: false,
      timeout: patience,
    })
    asking.once('error', reject)
    asking.once('timeout', () => asking.destroy(new Error('it took too long')))
    asking.once('response', ({ statusCode }) => asking.destroy(refusedBy(proxy, statusCode)))
    asking.once('connect', ({ statusCode }, socket, head) => {
      socket.setTimeout(0)
      if (statusCode !== 200) {
        socket.destroy()
        return reject(refusedBy(proxy, statusCode))
      }
      socket.unshift(head)
      resolve(socket)
    })
    asking.end()
  })
}

const refusedBy = ({ host }: URL, status: number | undefined) => new Error(`the proxy ${host} answered ${status}`)

/** Lets bytes through both ways, each end in its own time; a connection that breaks takes the other along. */
export function join(client: Socket, server: Socket): void {
  client.pipe(server)
  server.pipe(client)
  client.on('error', () => server.destroy())
  server.on('error', () => client.resetAndDestroy())
  client.on('close', () => client.readableEnded || server.destroy())
  server.on('close', () => server.readableEnded || client.destroy())
}
