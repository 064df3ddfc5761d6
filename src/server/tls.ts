import type { Socket } from 'node:net'
import type { Server, TLSSocket, TlsOptions } from 'node:tls'
import type { Authority } from '../intercept/authority.ts'

/** A client that does not finish its handshake by then is let go. */
const handshakeTimeout = 10_000

/**
 * What a TLS server needs to be any host that an authority covers.
 * @param hosts what the certificate names for clients that do not say which host they mean
 */
export async function secureAs(authority: Authority, hosts: readonly string[]): Promise<TlsOptions> {
  return {
    ...(await authority.leafFor(hosts)),
    ALPNProtocols: ['http/1.1'],
    handshakeTimeout,
    SNICallback: (name, done) => {
      const host = name.toLowerCase()
      if (hosts.includes(host) || !authority.covers(host)) return done(null)
      authority.contextFor(host).then((made) => done(null, made), done)
    },
  }
}

/**
 * Follows a server's TLS connections with the TCP connection below each. A reset of one is then a reset of the other, which
 * Node does not do by itself.
 */
export function belowOf(server: Server, listener: (secure: TLSSocket, raw: Socket) => void = () => {}): void {
  const below = new Map<string, Socket>()
  server.on('connection', (raw: Socket) => {
    const ends = endsOf(raw)
    below.set(ends, raw)
    raw.once('close', () => below.delete(ends))
  })
  server.prependListener('secureConnection', (secure: TLSSocket) => {
    const raw = below.get(endsOf(secure))
    if (!raw) return void secure.destroy()
    secure.resetAndDestroy = () => {
      raw.resetAndDestroy()
      return secure
    }
    listener(secure, raw)
  })
}

const endsOf = ({ localAddress, localPort, remoteAddress, remotePort }: Socket) =>
  `${localAddress} ${localPort} ${remoteAddress} ${remotePort}`
