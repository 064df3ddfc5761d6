import type { Socket } from 'node:net'
import { createServer } from 'node:tls'
import { belowOf, secureAs } from '../server/tls.ts'
import type { Authority } from './authority.ts'
import type { Destination } from './destination.ts'

/** Where tunnels end that lead to the hosts of what is played. */
export interface Ends {
  /** Takes a connection, TLS or not, and hands what comes of it to the HTTP server. */
  take(socket: Socket, to: Destination): void
  /** Where the client of a connection believes that it leads, if it was taken here. */
  leadOf(socket: Socket): Destination | undefined
}

/** How long a client may say nothing once its tunnel stands. */
const silence = 30_000

/** The first byte of a TLS handshake (RFC 8446 §5.1). */
const handshake = 22

/**
 * Makes the place where tunnels end.
 * @param hosts what the certificate names for clients that do not say which host they mean
 */
export async function createEnds(
  authority: Authority,
  hosts: readonly string[],
  serve: (socket: Socket) => void,
): Promise<Ends> {
  const leads = new WeakMap<Socket, Destination>()
  const secure = createServer(await secureAs(authority, hosts))
  belowOf(secure, (socket, raw) => {
    const lead = leads.get(raw)
    if (lead) leads.set(socket, lead)
    serve(socket)
  })
  return {
    leadOf: (socket) => leads.get(socket),
    take(socket, to) {
      leads.set(socket, to)
      const leave = () => socket.destroy()
      socket.setTimeout(silence, leave)
      socket.once('readable', () => {
        const first: Buffer | null = socket.read()
        if (first === null) return void leave()
        socket.setTimeout(0)
        socket.off('timeout', leave)
        socket.unshift(first)
        if (first[0] === handshake) secure.emit('connection', socket)
        else serve(socket)
      })
    },
  }
}
