import { getProxyForUrl } from 'proxy-from-env'
import { isLoopback } from '../entrance/host.ts'
import { type Destination, destinationOf } from './destination.ts'

/** The proxy that the user's own environment wants for a URL, if it wants one. */
export type Upstream = (url: URL) => URL | undefined

/** Reads HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY; this machine, and a proxy that is this one, need none. */
export const createUpstream =
  (isItself: (to: Destination) => boolean): Upstream =>
  (url) => {
    if (isLoopback(url.hostname.replace(/^\[|\]$/g, ''))) return undefined
    const named = getProxyForUrl(url.href)
    if (!URL.canParse(named)) return undefined
    const proxy = new URL(named)
    const to = destinationOf(proxy.host, proxy.protocol === 'https:' ? 443 : 80)
    return to && isItself(to) ? undefined : proxy
  }

/** What a proxy wants to see of who calls, where its URL says it. */
export function credentialsFor({ username, password }: URL): Record<string, string> {
  if (username === '') return {}
  const pair = `${decoded(username)}:${decoded(password)}`
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` }
}

/** A percent sign that begins no escape stands for itself, as curl takes it. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
