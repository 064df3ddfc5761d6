import type { RequestListener } from 'node:http'
import { createServer, type Server } from 'node:https'
import { isIP, type Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { TLSSocket, TlsOptions, Server as TlsServer } from 'node:tls'
import type { Authority } from '../intercept/authority.ts'
import type { Environment } from '../vocabulary/environment.ts'

/** How a server shows itself over TLS. */
export interface Secure {
  /** The certificate of the authority that signs for it, as PEM. */
  readonly ca: string
  readonly options: TlsOptions
}

/**
 * Makes an authority that signs for a server alone: for this machine, and for the hosts of what is played.
 * @param names under which the server is reached besides: where it listens, and what it allows
 */
export async function makeSecure(environments: readonly Environment[], names: readonly string[]): Promise<Secure> {
  const [{ createAuthority }, { hostsOf }] = await Promise.all([
    import('../intercept/authority.ts'),
    import('../intercept/hosts.ts'),
  ])
  const own = [...new Set(names.flatMap((name) => (isUnspecified(name) ? addressesHere() : [name])))]
  const authority = await createAuthority([...hostsOf(environments).domains, ...own])
  const hosts = new Set(['localhost', '127.0.0.1', '::1', ...own])
  return { ca: authority.certificate, options: await secureAs(authority, [...hosts]) }
}

const isUnspecified = (name: string) => name === '0.0.0.0' || name === '::'

/** Every address of this machine; one of a link alone needs to say which link, and no certificate can. */
const addressesHere = () =>
  Object.values(networkInterfaces()).flatMap((here = []) =>
    here.map(({ address }) => address).filter((address) => isIP(address) > 0 && !address.startsWith('fe80')),
  )

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

/** An HTTPS server, which keeps connections as long as Fastify's own does. */
export function secureServer(tls: TlsOptions, answer: RequestListener): Server {
  const server = createServer({ ...tls, keepAliveTimeout: 72_000, requestTimeout: 0 }, answer)
  belowOf(server)
  return server
}

/**
 * Follows a server's TLS connections with the TCP connection below each. A reset of one is then a reset of the other, which
 * Node does not do by itself.
 */
export function belowOf(server: TlsServer, listener: (secure: TLSSocket, raw: Socket) => void = () => {}): void {
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
