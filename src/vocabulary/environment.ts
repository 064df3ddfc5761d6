import type { EnvironmentRules, ProviderDefinition } from './definition.ts'
import { type Endpoint, type Place, placeOf } from './endpoint.ts'
import { type Lifetimes, withLifetimes } from './lifetimes.ts'
import { InvalidDefinition } from './misuse.ts'
import { type Choices, type EvidenceEntry, type Plain, resolve } from './plain.ts'
import { type Routes, routesOf } from './routes.ts'
import { checkAnswers, checkChallenges, checkHosts, checkLifetimes } from './sound.ts'

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
  readonly routes: Routes
  /** The URL of an endpoint of the definition, in this environment's own hosts. */
  urlOf(at: Endpoint): string
  /** The public URLs, in this environment's own hosts. */
  readonly urls: {
    readonly authorize: string
    readonly signIn: string
    readonly token: string
    readonly revoke?: string
    readonly api: string
    readonly connectedApps?: string
    readonly connectedAccounts?: string
  }
}

/**
 * Makes the environments of a definition playable, production first.
 * @throws {MockOAuthError} `unknown_assumption`, `invalid_definition`, `invalid_option`, `invalid_duration`
 */
export function environmentsOf(
  definition: ProviderDefinition,
  choices: Choices = {},
  lifetimes: Lifetimes = {},
): readonly Environment[] {
  const { plain: written, evidence } = withLifetimes(resolve(definition.id, definition, choices), lifetimes)
  const plain = withErrorRows(written)
  checkLifetimes(plain)
  checkChallenges(plain)
  checkAnswers(plain)
  const production = play(plain, evidence)
  const others = Object.entries(plain.environments ?? {}).map(([name, rules]) => play(plain, evidence, name, rules))
  const environments = [production, ...others]
  checkHosts(environments)
  return environments
}

/** The error tables with the rows that were in doubt in their places. */
function withErrorRows(rules: Plain<ProviderDefinition>): Plain<ProviderDefinition> {
  const rowsOf = (groups: Readonly<Record<string, { readonly rows: object }>> = {}) =>
    Object.assign({}, ...Object.values(groups).map(({ rows }) => rows))
  const { authorize, token, api } = rules
  if (!authorize.errorRows && !token.errorRows && !api.errorRows) return rules
  const told = { ...authorize.errors, rows: { ...authorize.errors.rows, ...rowsOf(authorize.errorRows) } }
  const refused = { ...token.errors, rows: { ...token.errors.rows, ...rowsOf(token.errorRows) } }
  const shut = { ...api.errors, rows: { ...api.errors.rows, ...rowsOf(api.errorRows) } }
  return {
    ...rules,
    authorize: { ...authorize, errors: told },
    token: { ...token, errors: refused },
    api: { ...api, errors: shut },
  }
}

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
  const routes = routesOf(rules, move, apart?.tokenAlsoAt)

  const { authorize, signIn, token, revoke, api, connectedApps, connectedAccounts } = rules
  const urlOf = (at: Endpoint) => move(placeOf(at)).url
  const open = api.resources.find((resource) => !resource.scope) ?? api.resources[0]
  if (!open) {
    const message = 'is empty. Expected at least one resource.'
    throw new InvalidDefinition(rules.id, [{ path: 'api.resources', message }])
  }
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
    urlOf,
    urls: {
      authorize: urlOf(authorize.at),
      signIn: urlOf(signIn.at),
      token: urlOf(token.at),
      api: apiUrl,
      ...(revoke ? { revoke: urlOf(revoke.at) } : {}),
      ...(connectedApps ? { connectedApps: urlOf(connectedApps.at) } : {}),
      ...(connectedAccounts ? { connectedAccounts: urlOf(connectedAccounts.at) } : {}),
    },
  }
}
