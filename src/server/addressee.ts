import type { IncomingMessage } from 'node:http'
import type { TLSSocket } from 'node:tls'

/** Whom a request is for. */
export interface Addressee {
  readonly scheme: 'http' | 'https'
  /** With its port, as it was written. */
  readonly host: string
  /** Path and query. */
  readonly target: string
}

/** Finds whom a request is for. */
export type AddresseeOf = (raw: IncomingMessage) => Addressee

/** By the connection and the request itself: a target in absolute form outranks the Host header (RFC 9112 §3.2.2). */
export function byConnection({ url: target = '/', headers, socket }: IncomingMessage): Addressee {
  const scheme = (socket as Partial<TLSSocket>).encrypted ? 'https' : 'http'
  const [, host, rest = ''] = /^https?:\/\/([^/?#]+)(.*)$/is.exec(target) ?? []
  if (host === undefined) return { scheme, host: headers.host ?? 'localhost', target }
  return { scheme, host, target: rest.startsWith('/') ? rest : `/${rest}` }
}
