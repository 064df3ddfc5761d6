/** A host and a port. */
export interface Destination {
  /** Lower case, without brackets and without a last dot. */
  readonly host: string
  readonly port: number
}

/**
 * Reads a destination, as CONNECT and Host name it (RFC 9112 §3.2.3); nothing where it is none.
 * @param usualPort where it may be left out
 */
export function destinationOf(authority: string, usualPort?: number): Destination | undefined {
  const [, six, name, digits = usualPort] = /^(?:\[([\da-f:.]+)\]|([\w.-]+))(?::(\d{1,5}))?$/i.exec(authority) ?? []
  const host = (six ?? name)?.toLowerCase().replace(/\.$/, '')
  const port = Number(digits)
  return host && port > 0 && port <= 65_535 ? { host, port } : undefined
}

/** As a URL and a Host header write it. */
export const authorityOf = ({ host, port }: Destination): string => `${host.includes(':') ? `[${host}]` : host}:${port}`
