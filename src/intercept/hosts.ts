import { getDomain } from 'tldts'
import type { Environment } from '../vocabulary/environment.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'

/** What becomes of requests to a host: the engine answers, a sentence refuses them, or they are no matter of ours. */
export type Judgement = 'play' | 'pass' | { readonly refuse: string }

/** Which hosts are the played providers' own. */
export interface PlayedHosts {
  /** Each host of theirs, without port. */
  readonly names: readonly string[]
  /** Under which they all stand, as they are registered: `mekari.com` */
  readonly domains: readonly string[]
  judge(host: string, port: number): Judgement
}

const known = new WeakMap<readonly Environment[], PlayedHosts>()

/** The hosts of what a world plays. */
export function hostsOf(environments: readonly Environment[]): PlayedHosts {
  const before = known.get(environments)
  if (before) return before
  const hosts = layOut(environments)
  known.set(environments, hosts)
  return hosts
}

function layOut(environments: readonly Environment[]): PlayedHosts {
  const places = environments.flatMap(({ provider, origins }) =>
    origins.map((origin) => {
      const { hostname: host, port, protocol } = new URL(origin)
      return {
        provider,
        origin,
        host,
        port: Number(port) || (protocol === 'https:' ? 443 : 80),
        domain: domainOf(host),
      }
    }),
  )
  // Plain HTTP to a host of HTTPS is answered, too: what comes of it is the provider's to say.
  const played = new Set(
    places.flatMap(({ host, port }) => [port, ...(port === 443 ? [80] : [])].map((at) => `${host}:${at}`)),
  )
  const names = [...new Set(places.map(({ host }) => host))]
  return {
    names,
    domains: [...new Set(places.map(({ domain }) => domain))],
    judge(host, port) {
      if (played.has(`${host}:${port}`)) return 'play'
      const domain = domainOf(host)
      const others = places.filter((place) => place.domain === domain)
      const [first] = others
      if (!first) return 'pass'
      const where = names.includes(host) ? `${host}:${port}` : host
      const origins = [...new Set(others.map(({ origin }) => origin))].join(', ')
      return {
        refuse: `${where} is no host that the definition of ${first.provider} has. Played of ${domain}: ${origins}.`,
      }
    },
  }
}

/**
 * Refuses hosts that two played providers have: nothing in a request to them says which one is meant.
 * @throws {MockOAuthError} `host_ambiguous`
 */
export function refuseShared(environments: readonly Environment[]): void {
  const owners = new Map<string, string>()
  for (const { provider, origins } of environments) {
    for (const origin of origins) {
      const other = owners.get(origin) ?? provider
      if (other !== provider) {
        throw new MockOAuthError(
          'host_ambiguous',
          `${origin} is a host of ${other} and of ${provider}, and behind a proxy nothing tells which one is meant. Play only one of them: drop ${provider}, or ${other}.`,
        )
      }
      owners.set(origin, provider)
    }
  }
}

/** The part of a name that somebody registered; the name itself where nobody did. */
const domainOf = (host: string): string => getDomain(host, { allowPrivateDomains: true }) ?? host
