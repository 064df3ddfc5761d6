import type { ResourceRules } from './api.ts'
import type { ProviderDefinition } from './definition.ts'
import { type Endpoint, type Place, placeOf } from './endpoint.ts'
import { MockOAuthError } from './misuse.ts'
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
const differs = (there: Route | undefined, route: Route) =>
  there !== undefined && (there.endpoint === 'api' || there.endpoint !== route.endpoint)

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
  const put = ({ method, url }: Place, route: Route) => {
    const methods = routes.get(url) ?? new Map<string, Route>()
    const clash = [...routes].find(
      ([other, there]) => pathOf(other) === pathOf(url) && differs(there.get(method), route),
    )
    if (clash) {
      const message = `${rules.id}: two endpoints stand at ${method} ${pathOf(url)}: ${clash[0]} and ${url}. Expected a path for each: on a server they would share one URL.`
      throw new MockOAuthError('invalid_definition', message)
    }
    routes.set(url, methods.set(method, route))
  }
  const putAll = (
    endpoint: Exclude<EndpointName, 'api' | 'user-info'>,
    at: readonly Endpoint[],
    methods?: string[],
  ) => {
    for (const place of at.map((one) => move(placeOf(one)))) {
      for (const method of methods ?? [place.method]) put({ method, url: place.url }, { endpoint })
    }
  }
  const { authorize, token, revoke, signIn, signUp, connectedApps, connectedAccounts, api, openid } = rules
  const { pushedRequests, device, introspect } = rules
  const doors = [authorize.at, ...(authorize.alsoAt ?? [])]
  putAll('authorize', doors, ['GET', 'POST'])
  if (authorize.errorPage) putAll('error-page', [authorize.errorPage])
  putAll('token', [token.at, ...(token.alsoAt ?? [])])
  for (const at of tokenAlsoAt) put(placeOf(at), { endpoint: 'token' })
  if (revoke) putAll('revoke', [revoke.at, ...(revoke.alsoAt ?? [])])
  const entrances = device ? [...doors, device.verification] : doors
  const pages = { 'sign-in': signIn, 'sign-up': signUp, 'connected-apps': connectedApps }
  for (const [name, page] of Object.entries(pages)) {
    if (page) putAll(name as keyof typeof pages, atEachHost(page.at, entrances), ['GET', 'POST'])
  }
  if (connectedAccounts) putAll('connected-accounts', [connectedAccounts.at], ['GET', 'POST'])
  if (pushedRequests) putAll('pushed-request', [pushedRequests.at])
  if (device) {
    putAll('device-authorization', [device.at])
    putAll('device', [device.verification], ['GET', 'POST'])
  }
  if (introspect) putAll('introspect', [introspect.at])
  if (openid) {
    putAll('discovery', [openid.configuration, ...(openid.alsoAt ?? [])])
    putAll('keys', [openid.keys])
    if (openid.logout) putAll('logout', [openid.logout.at], ['GET', 'POST'])
    const { userInfo: resource } = openid
    if (resource) {
      for (const at of [resource.at, ...(resource.alsoAt ?? [])])
        put(move(placeOf(at)), { endpoint: 'user-info', resource, path: 'openid.userInfo' })
    }
  }
  api.resources.forEach((resource, i) => {
    put(move(placeOf(resource.at)), { endpoint: 'api', resource, path: `api.resources.${i}` })
  })
  return routes
}
