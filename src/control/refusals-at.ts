import type { ProviderDefinition } from '../vocabulary/definition.ts'
import { never } from '../vocabulary/duration.ts'
import type { Environment } from '../vocabulary/environment.ts'
import { endpointOf, grantOf, placesOf } from '../vocabulary/fault-places.ts'
import type { ParameterRule } from '../vocabulary/parameter.ts'
import type { Plain } from '../vocabulary/plain.ts'
import type {
  AuthorizeRefusalKind,
  BearerRefusalKind,
  ClientRefusalKind,
  RefusalKind,
  RequestRefusalKind,
  TokenRefusalKind,
} from '../vocabulary/refusal.ts'
import { type TroubleRows, troubleKinds } from '../vocabulary/trouble.ts'

type Rules = Plain<ProviderDefinition>

/** Kinds under their conditions. */
type Conditional<Kind extends string> = readonly (readonly [holds: unknown, ...kinds: Kind[]])[]

const those = <Kind extends string>(all: Conditional<Kind>): Kind[] =>
  all.flatMap(([holds, ...kinds]) => (holds ? kinds : []))

const isRead = (rule: ParameterRule | undefined): boolean => rule !== undefined && rule.presence !== 'ignored'
const isAsked = (rule: ParameterRule | undefined): boolean =>
  rule?.presence === 'required' || rule?.presence === 'requiredOfConfidential'

const looksAtChallenges = ({ authorize, client }: Rules) => authorize.pkce !== 'ignored' || client.publicClients
const rotates = ({ refresh }: Rules) => refresh && refresh.token.rotation !== 'none'

/** What is wrong with a request that a client makes by itself, or with the client. */
function ofTheClient({ token, client }: Rules): (RequestRefusalKind | ClientRefusalKind | 'body_empty')[] {
  const ways = new Set(token.client)
  const seesOthers = token.otherClientAuthentication === 'refused'
  const named = [...ways].some((way) => way !== 'secretInBody')
  return those([
    [true, 'method_not_allowed', 'body_too_large', 'body_unreadable', 'media_type_unsupported'],
    [true, 'parameter_repeated', 'parameter_malformed'],
    [!token.readsQuery, 'body_empty'],
    [true, 'client_missing', 'client_inactive', 'client_secret_wrong'],
    [named, 'client_unknown', 'client_secret_missing'],
    [client.publicClients, 'client_secret_unexpected'],
    [ways.has('basic') || seesOthers, 'client_authentication_malformed'],
    [ways.has('idInBody') || ways.has('privateKeyJwt') || seesOthers, 'client_method_wrong'],
    [token.severalAuthentications === 'refused', 'client_method_repeated'],
    [ways.has('privateKeyJwt'), 'client_assertion_malformed', 'client_assertion_wrong'],
    [ways.has('privateKeyJwt'), 'client_assertion_expired', 'client_assertion_reused'],
  ])
}

const ofScopes = (rule: ParameterRule | undefined): TokenRefusalKind[] =>
  those<TokenRefusalKind>([
    [isAsked(rule), 'scope_missing'],
    [rule?.sameAsAuthorized, 'scope_mismatch'],
    [rule?.withinGranted, 'scope_exceeded'],
  ])

const ofRefreshTokens = (rules: Rules): TokenRefusalKind[] =>
  those<TokenRefusalKind>([
    [rules.refresh, 'refresh_token_unknown', 'refresh_token_revoked', 'refresh_token_of_another_client'],
    [rules.refresh && rules.refresh.token.lifetime !== never, 'refresh_token_expired'],
    [rotates(rules), 'refresh_token_reused'],
  ])

/** What each grant refuses besides. */
const grants: Readonly<Record<string, (rules: Rules) => TokenRefusalKind[]>> = {
  authorization_code: (rules) => {
    const { redirect_uri, code_verifier, scope } = rules.token.exchange.parameters
    const { failedVerifier } = rules.authorize.code
    return those<TokenRefusalKind>([
      [true, 'code_unknown', 'code_expired', 'code_used', 'code_revoked', 'code_of_another_client', 'scope_withdrawn'],
      [isRead(redirect_uri), 'redirect_uri_mismatch'],
      [looksAtChallenges(rules), 'verifier_missing', 'verifier_malformed', 'verifier_mismatch'],
      [looksAtChallenges(rules) && isRead(code_verifier), 'verifier_unexpected'],
      [looksAtChallenges(rules) && failedVerifier === 'challengeLost', 'challenge_lost'],
      [true, ...ofScopes(scope)],
    ])
  },
  refresh_token: (rules) => [
    ...ofRefreshTokens(rules),
    ...ofScopes(rules.refresh?.parameters.scope),
    'scope_withdrawn',
  ],
  client_credentials: ({ clientCredentials }) => [
    ...ofScopes(clientCredentials?.parameters.scope),
    ...those<TokenRefusalKind>([[isRead(clientCredentials?.parameters.scope), 'scope_not_allowed']]),
  ],
  'urn:ietf:params:oauth:grant-type:device_code': () => [
    'authorization_pending',
    'polled_too_soon',
    'device_denied',
    'device_code_unknown',
    'device_code_expired',
    'device_code_used',
    'device_code_revoked',
    'device_code_of_another_client',
    'scope_withdrawn',
  ],
}

/** What has no request of its own in it: a failure, an overload. */
const troublesIn = (rows: TroubleRows<unknown>, isRefresh = false): RefusalKind[] =>
  troubleKinds.filter((kind) => rows[kind] && (isRefresh || (kind !== 'refresh_raced' && kind !== 'scope_not_granted')))

function atToken(rules: Rules, offered: readonly string[]): RefusalKind[] {
  return [
    ...ofTheClient(rules),
    ...those<RefusalKind>([[offered.length > 1, 'grant_type_missing', 'grant_type_unsupported']]),
    'grant_not_allowed',
    'parameter_missing',
    ...offered.flatMap((grant) => grants[grant]?.(rules) ?? []),
    ...troublesIn(rules.token.errors.rows, offered.includes('refresh_token')),
  ]
}

/** What is wrong with an authorization request, however it comes. */
function ofRequests(rules: Rules): AuthorizeRefusalKind[] {
  const { parameters, withoutRedirectUri, insecureRedirectUris, responseModes } = rules.authorize
  const all = Object.values(parameters)
  const isForm = isRead(parameters.prompt) || isRead(parameters.max_age) || responseModes
  return those<AuthorizeRefusalKind>([
    [true, 'client_inactive', 'redirect_uri_mismatch', 'parameter_missing', 'parameter_repeated'],
    [true, 'response_type_unsupported', 'grant_not_allowed'],
    [withoutRedirectUri !== 'theRegisteredOne', 'redirect_uri_missing'],
    [insecureRedirectUris === 'refused', 'redirect_uri_insecure'],
    [all.some(({ atLeast = 0 }) => atLeast > 0), 'parameter_too_short'],
    [all.some(({ presence }) => presence === 'refused'), 'parameter_unsupported'],
    [isForm, 'parameter_malformed'],
    [isRead(parameters.scope), 'scope_missing', 'scope_not_allowed'],
    [looksAtChallenges(rules), 'challenge_missing', 'challenge_malformed', 'challenge_method_unsupported'],
  ])
}

function atAuthorize(rules: Rules): RefusalKind[] {
  const { parameters, roles = {}, errors } = rules.authorize
  const isPushed = rules.pushedRequests
  return [
    ...those<AuthorizeRefusalKind>([
      [true, 'method_not_allowed', 'body_too_large', 'client_missing', 'client_unknown', ...ofRequests(rules)],
      [isPushed, 'request_uri_unknown', 'request_uri_expired', 'request_uri_used', 'request_uri_of_another_client'],
      [Object.values(roles).includes('refused'), 'user_not_allowed'],
      [isRead(parameters.prompt), 'login_required', 'consent_required'],
      [true, 'access_denied', 'consent_expired'],
    ]),
    ...troublesIn(errors.rows),
  ]
}

function atResources(rules: Rules, hasScopes: boolean, rows: TroubleRows<unknown>): RefusalKind[] {
  const { token, refresh } = rules
  return [
    ...those<BearerRefusalKind>([
      [true, 'method_not_allowed', 'body_too_large', 'access_token_missing', 'access_token_unknown'],
      [token.accessToken.lifetime !== never, 'access_token_expired'],
      [refresh?.token.oldAccessToken === 'dies', 'access_token_replaced'],
      [true, 'access_token_revoked'],
      [hasScopes, 'scope_insufficient'],
    ]),
    ...troublesIn(rows),
  ]
}

function atRevoke(rules: Rules): RefusalKind[] {
  const { revoke, api, token } = rules
  if (!revoke) return []
  if (revoke.by === 'bearer') return atResources(rules, false, api.errors.rows)
  const { deadToken, foreignToken = deadToken } = revoke
  const isTold = (kind: RefusalKind) =>
    (kind === 'refresh_token_of_another_client' ? foreignToken : deadToken) !== 'answered'
  return [
    ...ofTheClient(rules),
    'parameter_missing',
    ...ofRefreshTokens(rules).filter(isTold),
    ...troublesIn((revoke.errors ?? token.errors).rows),
  ]
}

/** The kinds of refusals that a provider can give at a place. */
export function refusalsAt(environment: Environment, place: string): readonly RefusalKind[] {
  const { rules } = environment
  const { api, openid, token, device } = rules
  const grant = grantOf(place)
  const offered = grant === undefined ? placesOf(environment).flatMap((one) => grantOf(one) ?? []) : [grant]
  const troubles = troublesIn(token.errors.rows)
  const at: Readonly<Record<string, () => readonly RefusalKind[]>> = {
    authorize: () => atAuthorize(rules),
    token: () => atToken(rules, offered),
    revoke: () => atRevoke(rules),
    introspect: () => [...ofTheClient(rules), 'parameter_missing', ...troubles],
    'pushed-request': () => [...ofTheClient(rules), ...ofRequests(rules)],
    'device-authorization': () => [
      ...ofTheClient(rules),
      ...(['grant_not_allowed', 'parameter_missing'] as const),
      ...those<RefusalKind>([[isRead(device?.parameters.scope), 'scope_missing', 'scope_not_allowed']]),
      ...troubles,
    ],
    api: () =>
      atResources(
        rules,
        api.resources.some(({ scope }) => scope),
        api.errors.rows,
      ),
    'user-info': () =>
      atResources(rules, openid?.userInfo?.scope !== undefined, openid?.userInfo?.errors.rows ?? api.errors.rows),
  }
  return [...new Set(at[endpointOf(place)]?.() ?? [])]
}
