import type { Addresses, Doorway } from '../control/addresses.ts'
import { onlyOne } from '../control/environments.ts'
import { splitUrl } from '../engine/url.ts'
import { type Address, itself } from '../engine/visit.ts'
import type { Environment } from '../vocabulary/environment.ts'
import type { World } from '../world/world.ts'
import { hostOf, isLoopback } from './host.ts'
import { splitTarget, withoutBase } from './target.ts'

/** A world, as far as doors matter. */
type Played = Pick<World, 'name' | 'environments'>

/** Translates between the URLs of a server and the providers' own. */
export interface Doorways {
  /** Under which all of it stands: `/oauth`, or nothing. */
  readonly basePath: string
  /**
   * @param origin scheme and Host header: `http://127.0.0.1:4420`
   * @param target path and query as sent, without base path and what names the world
   * @param prefix what named the world before the path: `/~name`, or nothing
   */
  enter(world: Played, origin: string, target: string, prefix: string): Doorway | undefined
  /**
   * How the environments of a world are reached at an origin of the server.
   * @param prefix `/~name`, or nothing for the default world
   * @param here the host and port under which the server was just called, if it was
   */
  at(world: Played, origin: string, prefix: string, here?: string): Addresses
}

/**
 * Three doors: by prefix (`/<provider>/…`), by the provider's real host, and at the root when one provider is played. They
 * are laid out once for all worlds that play the same environments.
 * @param basePath under which all of it stands: `/oauth`, or nothing
 */
export function createDoorways(basePath = ''): Doorways {
  const layouts = new WeakMap<World['environments'], Layout>()
  const of = ({ environments }: Played): Layout => {
    const before = layouts.get(environments)
    if (before) return before
    const layout = layOut(environments, basePath)
    layouts.set(environments, layout)
    return layout
  }
  return {
    basePath,
    enter: (world, origin, target, prefix) => of(world).enter(origin, target, prefix),
    at: (world, origin, prefix, here) => ({
      of: (environment) => of(world).addressAt(origin + basePath + prefix, environment),
      enter: (url) => of(world).enterByUrl(url, { origin, prefix, name: world.name, here }),
    }),
  }
}

type Layout = ReturnType<typeof layOut>

/** Where a URL is looked at from. */
interface Here {
  readonly origin: string
  readonly prefix: string
  /** Of the world. */
  readonly name: string
  readonly here: string | undefined
}

function layOut(environments: World['environments'], basePath: string) {
  const byPrefix = new Map(environments.map((one) => [one.key, { environment: one, byPath: pathsOf(one) }]))
  const byHost = new Map(environments.flatMap((one) => one.origins.map((origin) => [new URL(origin).hostname, origin])))
  const ownersOf = (origin: string) => environments.filter((one) => one.origins.includes(origin))
  const only = onlyOne(environments)
  const addresses = new Map<string, Address>()

  /** At a base, all hosts of an environment share one path space. A host that others share is this one's here. */
  function addressAt(base: string, environment: Environment, atRoot = false): Address {
    const key = `${base}/${environment.key}${atRoot ? '/' : ''}`
    const before = addresses.get(key)
    if (before) return before
    const address: Address = {
      environment,
      publicUrl(url) {
        const { origin: theirs } = new URL(url)
        const owners = ownersOf(theirs)
        const owner = owners.includes(environment) ? environment : owners[0]
        if (owner === undefined) return url
        return `${base}${atRoot && owner === environment ? '' : `/${owner.key}`}${url.slice(theirs.length)}`
      },
    }
    if (addresses.size > 1_000) addresses.clear()
    addresses.set(key, address)
    return address
  }

  /** A provider's real host. On a port that is not the web's own, the provider's other hosts are on that port too. */
  function realHost(origin: string): { origin: string; address: Address } | undefined {
    const [, scheme = '', name = '', port = ''] = /^(https?):\/\/(.*?)\.?(?::(\d*))?$/.exec(origin.toLowerCase()) ?? []
    const theirs = byHost.get(name)
    if (theirs === undefined) return undefined
    return { origin: theirs, address: ['', '80', '443'].includes(port) ? itself : addressOnPort(scheme, port) }
  }

  const addressOnPort = (scheme: string, port: string): Address => ({
    publicUrl(url) {
      const { origin, hostname } = new URL(url)
      return ownersOf(origin).length > 0 ? `${scheme}://${hostname}:${port}${url.slice(origin.length)}` : url
    },
  })

  const inside = (paths: { environment: Environment; byPath: ReadonlyMap<string, string> }, target: string): string => {
    const origin = paths.byPath.get(splitUrl(target).url) ?? paths.environment.apiOrigin
    return origin + target
  }

  function enter(origin: string, target: string, prefix: string): Doorway | undefined {
    const real = realHost(origin)
    if (real) return { url: real.origin + target, address: real.address }
    const base = origin + basePath + prefix
    const { key, rest } = keyOf(target)
    const paths = byPrefix.get(key)
    if (paths) return { url: inside(paths, rest), address: addressAt(base, paths.environment) }
    const root = only && byPrefix.get(only.key)
    return root && only ? { url: inside(root, target), address: addressAt(base, only, true) } : undefined
  }

  function enterByUrl(url: string, { origin, prefix, name, here }: Here): Doorway {
    const own = { url, address: itself }
    if (!URL.canParse(url)) return own
    const { origin: called, host, pathname, search } = new URL(url)
    const { name: said, rest } = splitTarget(withoutBase(pathname + search, basePath))
    // Where another world is named, it leads out of this one.
    if (said !== undefined && said !== name) return own
    const before = said === undefined ? '' : `/~${said}`
    const prefixed = byPrefix.has(keyOf(rest).key)
    // Any host may stand before a prefix (a container knows this server by another name), but not before a root.
    const ours = prefixed || realHost(called) !== undefined || host === here || isLoopback(hostOf(host) ?? '')
    const found = (ours ? enter(called, rest, before) : undefined) ?? own
    const [owner, second] = found.address.environment
      ? [found.address.environment]
      : ownersOf(new URL(found.url).origin)
    // Who came by the root sees the root: an issuer has one name at a time.
    const atRoot = found.address.environment !== undefined && !prefixed
    const base = origin + basePath + (found.address.environment === undefined ? prefix : before)
    return owner && !second ? { url: found.url, address: addressAt(base, owner, atRoot) } : found
  }

  return { enter, addressAt, enterByUrl }
}

/**
 * Takes the first part of a path off: `/<key>/auth?x` → `<key>` and `/auth?x`. Documents about a server with a path stand
 * at the root too, with that path behind: `/.well-known/<name>/<key>` (RFC 8414 §3.1).
 */
function keyOf(target: string): { key: string; rest: string } {
  const [, name, key] = /^\/\.well-known\/([^/?]+)\/([^/?]+)$/.exec(target) ?? []
  if (name !== undefined && key !== undefined) return { key: plainKey(key), rest: `/.well-known/${name}` }
  const [, first = '', rest = ''] = /^\/([^/?]*)(.*)$/s.exec(target) ?? []
  return { key: plainKey(first), rest: rest.startsWith('/') ? rest : `/${rest}` }
}

const plainKey = (part: string) => part.replace(/%3a/i, ':').replace(/%40/, '@')

/** Path → the origin it stands at; the API's origin last, so that an own endpoint wins. */
function pathsOf({ routes }: Environment): ReadonlyMap<string, string> {
  return new Map([...routes.keys()].reverse().map((url) => [new URL(url).pathname, new URL(url).origin]))
}
