import type { ResourceRules } from './api.ts'
import type { ProviderDefinition } from './definition.ts'
import { type Endpoint, type Place, placeOf } from './endpoint.ts'
import { InvalidDefinition } from './misuse.ts'
import type { Plain } from './plain.ts'

const places = [
  'authorize',
  'token',
  'revoke',
  'sign-in',
  'sign-up',
  'connected-apps',
  'connected-accounts',
  'error-page',
  'discovery',
  'keys',
  'pushed-request',
  'device-authorization',
  'device',
  'introspect',
  'logout',
] as const

/** What stands at a URL, by method. */
export type Route =
  | { readonly endpoint: (typeof places)[number] }
  | { readonly endpoint: 'api' | 'user-info'; readonly resource: Plain<ResourceRules>; readonly path: string }

/** The kinds of endpoints that a provider can have. */
export type EndpointName = Route['endpoint']

/** Each of them. */
export const endpointNames: readonly EndpointName[] = [...places, 'api', 'user-info']

/** URL without query → method → what stands there. */
export type Routes = ReadonlyMap<string, ReadonlyMap<string, Route>>

const pathOf = (url: string) => new URL(url).pathname

/** Two spellings of one endpoint may share a path, two endpoints may not. */
const differs = (there: Route, route: Route) => there.endpoint === 'api' || there.endpoint !== route.endpoint

/** An endpoint, and where in the definition it is written. */
interface Written {
  readonly path: string
  readonly at: Endpoint
}

/** An endpoint of a section, and its other spellings. */
const writtenIn = (
  section: string,
  { at, alsoAt = [] }: { readonly at: Endpoint; readonly alsoAt?: readonly Endpoint[] | undefined },
): readonly [Written, ...Written[]] => [
  { path: `${section}.at`, at },
  ...alsoAt.map((one, i) => ({ path: `${section}.alsoAt.${i}`, at: one })),
]

/** A page that each host has too where a browser enters: a browser keeps its cookies host by host. */
function atEachHost(page: Endpoint, doors: readonly Endpoint[]): readonly Endpoint[] {
  const { method, url } = placeOf(page)
  const { origin } = new URL(url)
  if (!doors.some((door) => new URL(placeOf(door).url).origin === origin)) return [page]
  return [...new Set(doors.map((door) => `${method} ${new URL(placeOf(door).url).origin}${pathOf(url)}` as Endpoint))]
}

/**
 * Lays out the endpoints of an environment.
 * @param move takes a place of the definition to the environment's own hosts
 * @param tokenAlsoAt token endpoints that only this environment has, written with its own hosts
 * @throws {MockOAuthError} `invalid_definition` for two endpoints at one path
 */
export function routesOf(
  rules: Plain<ProviderDefinition>,
  move: (place: Place) => Place,
  tokenAlsoAt: readonly Endpoint[] = [],
): Routes {
  const routes = new Map<string, Map<string, Route>>()
  /** Where in the definition each route is written. */
  const written = new Map<Route, string>()
  const put = ({ method, url }: Place, route: Route, path: string) => {
    const methods = routes.get(url) ?? new Map<string, Route>()
    for (const [other, there] of routes) {
      const first = there.get(method)
      if (pathOf(other) !== pathOf(url) || !first || !differs(first, route)) continue
      const message = `stands at ${method} ${pathOf(url)}, and so does ${written.get(first)}: ${url} and ${other}. Expected a path for each: on a server they would share one URL.`
      throw new InvalidDefinition(rules.id, [{ path, message }])
    }
    routes.set(url, methods.set(method, route))
    written.set(route, path)
  }
  const putAll = (endpoint: Exclude<EndpointName, 'api' | 'user-info'>, at: readonly Written[], methods?: string[]) => {
    for (const one of at) {
      const { method, url } = move(placeOf(one.at))
      for (const each of methods ?? [method]) put({ method: each, url }, { endpoint }, one.path)
    }
  }
  const { authorize, token, revoke, signIn, signUp, connectedApps, connectedAccounts, api, openid } = rules
  const { pushedRequests, device, introspect } = rules
  const doors = [authorize.at, ...(authorize.alsoAt ?? [])]
  putAll('authorize', writtenIn('authorize', authorize), ['GET', 'POST'])
  if (authorize.errorPage) putAll('error-page', [{ path: 'authorize.errorPage', at: authorize.errorPage }])
  putAll('token', writtenIn('token', token))
  for (const at of tokenAlsoAt) put(placeOf(at), { endpoint: 'token' }, 'environments.*.tokenAlsoAt')
  if (revoke) putAll('revoke', writtenIn('revoke', revoke))
  const entrances = device ? [...doors, device.verification] : doors
  const pages = [
    ['sign-in', 'signIn', signIn],
    ['sign-up', 'signUp', signUp],
    ['connected-apps', 'connectedApps', connectedApps],
  ] as const
  for (const [name, section, page] of pages) {
    const hosts = page ? atEachHost(page.at, entrances) : []
    putAll(
      name,
      hosts.map((at) => ({ path: `${section}.at`, at })),
      ['GET', 'POST'],
    )
  }
  if (connectedAccounts)
    putAll('connected-accounts', writtenIn('connectedAccounts', connectedAccounts), ['GET', 'POST'])
  if (pushedRequests) putAll('pushed-request', writtenIn('pushedRequests', pushedRequests))
  if (device) {
    putAll('device-authorization', writtenIn('device', device))
    putAll('device', [{ path: 'device.verification', at: device.verification }], ['GET', 'POST'])
  }
  if (introspect) putAll('introspect', writtenIn('introspect', introspect))
  if (openid) {
    const [configuration, ...others] = writtenIn('openid', { at: openid.configuration, alsoAt: openid.alsoAt })
    putAll('discovery', [{ path: 'openid.configuration', at: configuration.at }, ...others])
    putAll('keys', [{ path: 'openid.keys', at: openid.keys }])
    if (openid.logout) putAll('logout', writtenIn('openid.logout', openid.logout), ['GET', 'POST'])
    const { userInfo: resource } = openid
    if (resource) {
      for (const { path, at } of writtenIn('openid.userInfo', resource))
        put(move(placeOf(at)), { endpoint: 'user-info', resource, path: 'openid.userInfo' }, path)
    }
  }
  api.resources.forEach((resource, i) => {
    const path = `api.resources.${i}`
    put(move(placeOf(resource.at)), { endpoint: 'api', resource, path }, `${path}.at`)
  })
  return routes
}
