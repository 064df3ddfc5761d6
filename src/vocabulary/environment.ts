import type { EnvironmentRules, ProviderDefinition, ResourceRules } from './definition.ts'
import { type Endpoint, type Place, placeOf } from './endpoint.ts'
import { MockOAuthError } from './misuse.ts'
import { type Choices, type EvidenceEntry, type Plain, resolve } from './plain.ts'
import { checkHosts, checkLifetimes } from './sound.ts'

/** What stands at a URL, by method. */
export type Route =
  | { readonly endpoint: 'authorize' | 'token' | 'revoke' | 'sign-in' }
  | { readonly endpoint: 'api'; readonly resource: Plain<ResourceRules>; readonly path: string }

export type EndpointName = Route['endpoint']

/** One environment of a provider as a world plays it: production or, say, its sandbox. */
export interface Environment {
  /** The provider's id, with `:sandbox` or the like for an environment apart; also the base of its URLs on a server. */
  readonly key: string
  readonly provider: string
  readonly name: string
  readonly docs: string
  readonly rules: Plain<ProviderDefinition>
  readonly evidence: readonly EvidenceEntry[]
  /** Every origin of this environment; the API's comes last. */
  readonly origins: readonly string[]
  readonly apiOrigin: string
  /** URL without query → method → what stands there. */
  readonly routes: ReadonlyMap<string, ReadonlyMap<string, Route>>
  /** The public URLs, in this environment's own hosts. */
  readonly urls: { readonly authorize: string; readonly token: string; readonly revoke?: string; readonly api: string }
}

/**
 * Makes the environments of a definition playable, production first.
 * @throws {MockOAuthError} `unknown_assumption`, `invalid_definition`
 */
export function environmentsOf(definition: ProviderDefinition, choices: Choices = {}): readonly Environment[] {
  const { plain, evidence } = resolve(definition.id, definition, choices)
  checkLifetimes(plain)
  const production = play(plain, evidence)
  const others = Object.entries(plain.environments ?? {}).map(([name, rules]) => play(plain, evidence, name, rules))
  const environments = [production, ...others]
  checkHosts(environments)
  return environments
}

const pathOf = (url: string) => new URL(url).pathname

/** Two spellings of one endpoint may share a path, two endpoints may not. */
const differs = (there: Route | undefined, route: Route) =>
  there !== undefined && (there.endpoint === 'api' || there.endpoint !== route.endpoint)

function play(
  rules: Plain<ProviderDefinition>,
  evidence: readonly EvidenceEntry[],
  name?: string,
  apart?: Plain<EnvironmentRules>,
): Environment {
  const move = ({ method, url }: Place): Place => {
    const { origin } = new URL(url)
    return { method, url: (apart?.origins[origin] ?? origin) + url.slice(origin.length) }
  }
  const routes = new Map<string, Map<string, Route>>()
  const put = ({ method, url }: Place, route: Route) => {
    const methods = routes.get(url) ?? new Map<string, Route>()
    const clash = [...routes].find(
      ([other, there]) => pathOf(other) === pathOf(url) && differs(there.get(method), route),
    )
    if (clash) {
      const message = `${rules.id} has two endpoints at ${method} ${pathOf(url)}: ${clash[0]} and ${url}. On a server they would share one URL.`
      throw new MockOAuthError('invalid_definition', message)
    }
    routes.set(url, methods.set(method, route))
  }
  const putAll = (
    endpoint: 'authorize' | 'token' | 'revoke' | 'sign-in',
    at: readonly Endpoint[],
    methods?: string[],
  ) => {
    for (const place of at.map((one) => move(placeOf(one)))) {
      for (const method of methods ?? [place.method]) put({ method, url: place.url }, { endpoint })
    }
  }
  const { authorize, token, revoke, signIn, api } = rules
  putAll('authorize', [authorize.at, ...(authorize.alsoAt ?? [])], ['GET', 'POST'])
  putAll('token', [token.at, ...(token.alsoAt ?? [])])
  // Endpoints that exist in this environment only are written with its own hosts.
  for (const at of apart?.tokenAlsoAt ?? []) put(placeOf(at), { endpoint: 'token' })
  if (revoke) putAll('revoke', [revoke.at, ...(revoke.alsoAt ?? [])])
  putAll('sign-in', [signIn.at], ['GET', 'POST'])
  api.resources.forEach((resource, i) => {
    put(move(placeOf(resource.at)), { endpoint: 'api', resource, path: `api.resources.${i}` })
  })

  const urlOf = (at: Endpoint) => move(placeOf(at)).url
  const open = api.resources.find((resource) => !resource.scope) ?? api.resources[0]
  if (!open)
    throw new MockOAuthError(
      'invalid_definition',
      `${rules.id}: api.resources is empty; an API needs at least one resource.`,
    )
  const apiUrl = urlOf(open.at)
  const apiOrigin = new URL(apiUrl).origin
  const origins = new Set([...routes.keys()].map((url) => new URL(url).origin))
  origins.delete(apiOrigin)
  return {
    key: name ? `${rules.id}:${name}` : rules.id,
    provider: rules.id,
    name: name ? `${rules.name} ${name}` : rules.name,
    docs: rules.docs,
    rules,
    evidence,
    origins: [...origins, apiOrigin],
    apiOrigin,
    routes,
    urls: {
      authorize: urlOf(authorize.at),
      token: urlOf(token.at),
      api: apiUrl,
      ...(revoke ? { revoke: urlOf(revoke.at) } : {}),
    },
  }
}
