import type { Addresses, Doorway } from '../control/addresses.ts'
import { onlyOne } from '../control/environments.ts'
import { splitUrl } from '../engine/url.ts'
import { type Address, itself } from '../engine/visit.ts'
import type { Environment } from '../vocabulary/environment.ts'
import type { World } from '../world/world.ts'
import { hostOf, isLoopback } from './guard.ts'

/** Translates between the URLs of this server and the providers' own. */
export interface Doorways {
  /**
   * @param host the Host header
   * @param target path and query as sent
   */
  enter(host: string, target: string): Doorway | undefined
  /**
   * How the environments are reached at an origin of this server.
   * @param here the host and port under which this server was just called, if it was
   */
  at(origin: string, here?: string): Addresses
}

/**
 * Three doors: by prefix (`/<provider>/…`), by the provider's real host, and at the root when one provider is played. They
 * are laid out anew when the world plays other environments.
 */
export function createDoorways(world: Pick<World, 'environments'>): Doorways {
  let of = world.environments
  let laidOut = layOut(of)
  const now = () => {
    if (of !== world.environments) {
      of = world.environments
      laidOut = layOut(of)
    }
    return laidOut
  }
  return {
    enter: (host, target) => now().enter(host, target),
    at: (origin, here) => ({
      of: (environment) => now().at(origin, here).of(environment),
      enter: (url) => now().at(origin, here).enter(url),
    }),
  }
}

function layOut(environments: World['environments']): Doorways {
  const byPrefix = new Map(environments.map((one) => [one.key, { environment: one, byPath: pathsOf(one) }]))
  const byHost = new Map(environments.flatMap((one) => one.origins.map((origin) => [new URL(origin).hostname, origin])))
  const ownersOf = (origin: string) => environments.filter((one) => one.origins.includes(origin))
  const only = onlyOne(environments)
  const addresses = new Map<string, Address>()

  /** At a base, all hosts of an environment share one path space. A host that others share is this one's here. */
  function addressAt(origin: string, environment: Environment, atRoot = false): Address {
    const key = `${origin}/${environment.key}${atRoot ? '/' : ''}`
    const before = addresses.get(key)
    if (before) return before
    const address: Address = {
      environment,
      publicUrl(url) {
        const { origin: theirs } = new URL(url)
        const owners = ownersOf(theirs)
        const owner = owners.includes(environment) ? environment : owners[0]
        if (owner === undefined) return url
        return `${origin}${atRoot && owner === environment ? '' : `/${owner.key}`}${url.slice(theirs.length)}`
      },
    }
    if (addresses.size > 1_000) addresses.clear()
    addresses.set(key, address)
    return address
  }

  /** A provider's real host. On a port that is not the web's own, the provider's other hosts are on that port too. */
  function realHost(host: string): { origin: string; address: Address } | undefined {
    const [, name = '', port = ''] = /^(.*?)\.?(?::(\d*))?$/.exec(host.toLowerCase()) ?? []
    const origin = byHost.get(name)
    if (origin === undefined) return undefined
    return { origin, address: ['', '80', '443'].includes(port) ? itself : addressOnPort(port) }
  }

  const addressOnPort = (port: string): Address => ({
    publicUrl(url) {
      const { origin, hostname } = new URL(url)
      return ownersOf(origin).length > 0 ? `http://${hostname}:${port}${url.slice(origin.length)}` : url
    },
  })

  const inside = (paths: { environment: Environment; byPath: ReadonlyMap<string, string> }, target: string): string => {
    const origin = paths.byPath.get(splitUrl(target).url) ?? paths.environment.apiOrigin
    return origin + target
  }

  function enter(host: string, target: string): Doorway | undefined {
    const real = realHost(host)
    if (real) return { url: real.origin + target, address: real.address }
    const origin = `http://${host}`
    const { prefix, rest } = prefixOf(target)
    const paths = byPrefix.get(prefix)
    if (paths) return { url: inside(paths, rest), address: addressAt(origin, paths.environment) }
    const root = only && byPrefix.get(only.key)
    return root && only ? { url: inside(root, target), address: addressAt(origin, only, true) } : undefined
  }

  function enterByUrl(url: string, origin: string, here: string | undefined): Doorway {
    const own = { url, address: itself }
    if (!URL.canParse(url)) return own
    const { host, pathname, search } = new URL(url)
    const prefixed = byPrefix.has(prefixOf(pathname).prefix)
    // Any host may stand before a prefix (a container knows this server by another name), but not before a root.
    const ours = prefixed || realHost(host) !== undefined || host === here || isLoopback(hostOf(host) ?? '')
    const found = (ours ? enter(host, pathname + search) : undefined) ?? own
    const [owner, second] = found.address.environment
      ? [found.address.environment]
      : ownersOf(new URL(found.url).origin)
    // Who came by the root sees the root: an issuer has one name at a time.
    const atRoot = found.address.environment !== undefined && !prefixed
    return owner && !second ? { url: found.url, address: addressAt(origin, owner, atRoot) } : found
  }

  return {
    enter,
    at: (origin, here) => ({
      of: (environment) => addressAt(origin, environment),
      enter: (url) => enterByUrl(url, origin, here),
    }),
  }
}

/**
 * Takes the first part of a path off: `/<key>/auth?x` → `<key>` and `/auth?x`. Documents about a server with a path stand
 * at the root too, with that path behind: `/.well-known/<name>/<key>` (RFC 8414 §3.1).
 */
function prefixOf(target: string): { prefix: string; rest: string } {
  const [, name, key] = /^\/\.well-known\/([^/?]+)\/([^/?]+)$/.exec(target) ?? []
  if (name !== undefined && key !== undefined) return { prefix: plainKey(key), rest: `/.well-known/${name}` }
  const [, first = '', rest = ''] = /^\/([^/?]*)(.*)$/s.exec(target) ?? []
  return { prefix: plainKey(first), rest: rest.startsWith('/') ? rest : `/${rest}` }
}

const plainKey = (part: string) => part.replace(/%3a/i, ':').replace(/%40/, '@')

/** Path → the origin it stands at; the API's origin last, so that an own endpoint wins. */
function pathsOf({ routes }: Environment): ReadonlyMap<string, string> {
  return new Map([...routes.keys()].reverse().map((url) => [new URL(url).pathname, new URL(url).origin]))
}
