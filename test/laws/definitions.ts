import { providers } from 'mock-oauth/providers'
import type { ProviderDefinition } from '../../src/vocabulary/definition.ts'
import { environmentsOf } from '../../src/vocabulary/environment.ts'
import type { TokenCheck, TokenErrors } from '../../src/vocabulary/errors.ts'
import { base64url, joined } from '../../src/vocabulary/format.ts'
import { ignored, scopeWithinGranted } from '../../src/vocabulary/parameter.ts'

/** A definition that nobody should write, and what is odd about it. */
export interface Odd {
  readonly name: string
  readonly definition: ProviderDefinition
}

type Tree = { readonly [key: string]: unknown }

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null

/** A definition with the value at a path replaced, or with nothing there. */
function withAt(tree: unknown, [key = '', ...rest]: readonly string[], value?: unknown): unknown {
  if (!isTree(tree)) throw new Error(`no property ${key}`)
  const copy: Record<string, unknown> | unknown[] = Array.isArray(tree) ? [...tree] : { ...tree }
  const inner = rest.length > 0 ? withAt(tree[key], rest, value) : value
  if (inner === undefined && !Array.isArray(copy)) delete copy[key]
  else Object.assign(copy, { [key]: inner })
  return copy
}

const change = (definition: ProviderDefinition, changes: Readonly<Record<string, unknown>>): ProviderDefinition =>
  Object.entries(changes).reduce<unknown>(
    (whole, [path, value]) => withAt(whole, path.split('.'), value),
    definition,
  ) as ProviderDefinition

/** A provider as documented, its evidence taken off, so that a path leads where it says. */
export function bare(name: string): ProviderDefinition {
  const [environment] = environmentsOf(providers[name] ?? missing(name))
  return environment ? (environment.rules as unknown as ProviderDefinition) : missing(name)
}

function missing(name: string): never {
  throw new Error(`${name} is not played`)
}

/** What the vocabulary lets a definition leave out, as paths. Without a code or a token in its answers there is nothing to break. */
const optional = [
  /^(refresh|clientCredentials|revoke|pushedRequests|device|introspect|environments)$/,
  /^scopes\.[^.]+$/,
  /^authorize\.(alsoAt|language|pkce|responseModes|silentConsent|loopbackPorts|insecureRedirectUris|scopeSeparator|roles|redirectStatus|errorPage)$/,
  /^authorize\.code\.failedVerifier$/,
  /^client\.(pkceSwitch|secretIsAccessToken|defaultGrantTypes)$/,
  /^token\.(otherClientAuthentication|severalAuthentications|testMode)$/,
  /^refresh\.token\.onlyWithScope$/,
  /^revoke\.(deadToken|foreignToken|errors)$/,
  /^clientCredentials\.lifetime$/,
  /^openid\.(alsoAt|userInfo|userInfo\.alsoAt|logout)$/,
  /^openid\.(claims|metadata)\.[^.]+$/,
  /^(openid|signUp|connectedApps|connectedAccounts|webhooks)$/,
  /^(authorize|token\.exchange|refresh|clientCredentials|device|device\.grant)\.parameters\.[^.]+$/,
  /^authorize\.callback\.(?!code$)[^.]+$/,
  /\banswer\.(?!(access|refresh)_token\b|status$)[^.]+$/,
  /^token\.headers\.[^.]+$/,
  /\berrors\.(order|lastWins|byHeader|afterConsent)$/,
  /^environments\.[^.]+\.tokenAlsoAt$/,
  /^api\.resources\.\d+\.scope$/,
]

function* pathsOf(tree: Tree, path = ''): Generator<string> {
  for (const [key, value] of Object.entries(tree)) {
    const here = path === '' ? key : `${path}.${key}`
    yield here
    if (isTree(value)) yield* pathsOf(value, here)
  }
}

/** A definition with each property in turn that may be left out left out. */
export const withoutOne = (definition: ProviderDefinition): readonly Odd[] =>
  [...pathsOf(definition as unknown as Tree)]
    .filter((path) => optional.some((pattern) => pattern.test(path)))
    .map((path) => ({ name: `without ${path}`, definition: change(definition, { [path]: undefined }) }))

const named: Record<TokenCheck, true> = {
  'grant-type': true,
  body: true,
  client: true,
  'client-method': true,
  'client-secret': true,
  'client-assertion': true,
  'client-status': true,
  'client-grant': true,
  parameters: true,
  'code-owner': true,
  code: true,
  'refresh-token-owner': true,
  'refresh-token': true,
  'device-code-owner': true,
  'device-code': true,
  'redirect-uri': true,
  verifier: true,
  scope: true,
  'scope-registered': true,
}
/** Every check of the token endpoint by name. */
export const checks = Object.keys(named) as readonly TokenCheck[]

const emptied = { 'authorize.parameters': {}, 'token.exchange.parameters': {}, 'refresh.parameters': {} }

const plainPolicies = ['none', 'singleUse', 'singleUse+familyRevoked']
const windows = ['grace:30', 'grace:30,1', 'samePair:30', 'keepsOld:1', 'optionalNew']

function everyPolicy(definition: ProviderDefinition): readonly Odd[] {
  const odds: Odd[] = []
  for (const rotation of [...plainPolicies, ...windows]) {
    for (const oldAccessToken of ['lives', 'dies']) {
      for (const renewedLifetime of ['whole', 'remaining']) {
        // A code has nothing to do with a window.
        for (const replay of plainPolicies.includes(rotation) ? ['refused', 'familyRevoked'] : ['refused']) {
          odds.push({
            name: `${rotation}, the old access token ${oldAccessToken}, ${renewedLifetime} life, replay ${replay}`,
            definition: change(definition, {
              'refresh.token.rotation': rotation,
              'refresh.token.oldAccessToken': oldAccessToken,
              'refresh.token.renewedLifetime': renewedLifetime,
              'authorize.code.replay': replay,
            }),
          })
        }
      }
    }
  }
  return odds
}

/** A definition whose token endpoint takes its checks in another order. */
export function ordered(
  definition: ProviderDefinition,
  order: readonly TokenCheck[],
  lastWins: readonly TokenCheck[],
): Odd {
  const errors: TokenErrors = { ...(definition.token.errors as TokenErrors), order, lastWins }
  return {
    name: `order ${order.join(' ') || 'usual'}; last wins ${lastWins.join(' ') || 'never'}`,
    definition: change(definition, { 'token.errors': errors }),
  }
}

/** Definitions that cannot be played without breaking a law, each with what the refusal names. */
export function unsound(definition: ProviderDefinition): readonly (Odd & { readonly names: string })[] {
  const [production] = environmentsOf(definition)
  const [first = '', ...others] = production?.origins ?? []
  const moved = Object.fromEntries(others.map((origin, i) => [origin, `https://apart${i}.example`]))
  const lives = ['authorize.code.lifetime', 'token.accessToken.lifetime', 'refresh.token.lifetime']
  const ofDevices = definition.device ? ['device.lifetime', 'device.interval'] : []
  const variants: Readonly<Record<string, { names: string; changes: Readonly<Record<string, unknown>> }>> = {
    ...Object.fromEntries(
      [
        ...lives.map((path) => [path, [Number.NaN, 0, -1]] as const),
        ...ofDevices.map((path) => [path, [Number.NaN, 0, -1, Number.POSITIVE_INFINITY]] as const),
      ].flatMap(([path, wrong]) =>
        wrong.map((life) => [`${path} of ${life}`, { names: path, changes: { [path]: life } }]),
      ),
    ),
    'an environment without hosts of its own': {
      names: `share ${first}`,
      changes: { environments: { apart: { origins: {} } } },
    },
    'an environment that keeps one host of production': {
      names: `share ${first}`,
      changes: { environments: { apart: { origins: moved } } },
    },
    'two endpoints at one path': {
      names: 'and so does authorize.alsoAt.0',
      changes: { 'authorize.alsoAt': [`GET ${production?.urls.api}`] },
    },
    'a challenge that is required and has no method': {
      names: 'authorize.challengeMethods is empty',
      changes: { 'authorize.pkce': 'required', 'authorize.challengeMethods': [] },
    },
    'a callback without a code': { names: 'authorize.callback brings no code', changes: { 'authorize.callback': {} } },
    'an answer without an access token': {
      names: 'token.exchange.answer brings no access token',
      changes: { 'token.exchange.answer': { token_type: 'Bearer' } },
    },
    'an API without a resource': { names: 'api.resources is empty', changes: { 'api.resources': [] } },
  }
  return Object.entries(variants).map(([name, { names, changes }]) => ({
    name,
    names,
    definition: change(definition, changes),
  }))
}

/** Definitions at the edge of the vocabulary. */
export function odd(definition: ProviderDefinition): readonly Odd[] {
  type Rows = Readonly<Record<string, Tree>>
  const rowsOf = (path: 'authorize' | 'token' | 'api') => (definition[path].errors as unknown as { rows: Rows }).rows
  const everyRow = (path: 'authorize' | 'token' | 'api', changed: (row: Tree) => Tree) => ({
    [`${path}.errors.rows`]: Object.fromEntries(
      Object.entries(rowsOf(path)).map(([kind, row]) => [kind, changed(row)]),
    ),
  })
  const terse = ({ description, headers, body, ...row }: Tree): Tree => row
  const allIgnored = (path: string, names: readonly string[]) => ({
    [path]: Object.fromEntries(names.map((name) => [name, ignored])),
  })
  const exchanged = Object.keys(definition.token.exchange.parameters)
  const [production] = environmentsOf(definition)
  const [firstScope = ''] = production?.rules.client.defaultScopes ?? []
  const host = new URL(production?.urls.token ?? '').origin
  const revoked = { at: `POST ${host}/oauth/revocation`, ends: 'family', answer: { status: 200 } }
  const variants: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    'no parameter is declared': emptied,
    ...Object.fromEntries(Object.entries(emptied).map(([path, none]) => [`${path} is empty`, { [path]: none }])),
    'every parameter is ignored': {
      ...allIgnored('authorize.parameters', Object.keys(definition.authorize.parameters)),
      ...allIgnored('token.exchange.parameters', exchanged),
      ...allIgnored('refresh.parameters', [...exchanged, 'refresh_token']),
    },
    'every authorization error goes back to the client': everyRow('authorize', (row) => ({ ...row, to: 'client' })),
    'every authorization error is a page': everyRow('authorize', (row) => ({ ...row, to: 'page' })),
    'no error says more than its code': {
      ...everyRow('authorize', terse),
      ...everyRow('token', terse),
      ...everyRow('api', terse),
    },
    'a redirect URI must be sent': { 'authorize.withoutRedirectUri': 'refused' },
    'the query is read': { 'token.readsQuery': true },
    'forms only': { 'token.body': ['form'] },
    'the header only': { 'token.client': ['basic'], 'client.publicClients': false },
    'the header first': { 'token.client': ['basic', 'body'] },
    'no challenge method': {
      'authorize.challengeMethods': [],
      'authorize.pkce': 'checked',
      'authorize.parameters.code_challenge': undefined,
      'authorize.parameters.code_challenge_method': undefined,
      'token.exchange.parameters.code_verifier': undefined,
    },
    'no public clients': { 'client.publicClients': false },
    'short lives': {
      'authorize.code.lifetime': 2,
      'token.accessToken.lifetime': 2,
      'refresh.token.lifetime': 3,
    },
    'an access token that outlives the refresh token': {
      'token.accessToken.lifetime': 90 * 86_400_000,
      'refresh.token.lifetime': 60_000,
    },
    'basic for secrets, the id alone for public clients': {
      'token.client': ['basic', 'idInBody'],
      'token.otherClientAuthentication': 'refused',
    },
    'the secret names its client': { 'token.client': ['secretInBody'], 'client.publicClients': false },
    'a wrong verifier spends the challenge': { 'authorize.code.failedVerifier': 'challengeLost' },
    'a challenge may be plain': { 'authorize.challengeMethods': ['S256', 'plain'] },
    'clients may switch PKCE on': { 'client.pkceSwitch': true },
    'challenge and scheme are judged after consent': {
      'authorize.errors.afterConsent': ['challenge', 'redirect-uri-scheme'],
    },
    'errors have a page of their own': {
      'authorize.errorPage': `GET ${new URL(production?.urls.authorize ?? '').origin}/oauth/fallbacks/error`,
    },
    'a loopback URI stands for every port': { 'authorize.loopbackPorts': 'any' },
    'a redirect URI must be sent unless there is one': { 'authorize.withoutRedirectUri': 'theOnlyOne' },
    'commas separate scopes too': { 'authorize.scopeSeparator': ',' },
    'a refresh may narrow the scope': { 'refresh.parameters.scope': scopeWithinGranted },
    'a refresh token takes a scope': {
      'refresh.token.onlyWithScope': firstScope,
      'client.defaultScopes': [firstScope],
    },
    'tokens have no end': {
      'token.accessToken.lifetime': Number.POSITIVE_INFINITY,
      'refresh.token.lifetime': Number.POSITIVE_INFINITY,
    },
    'clients revoke with their credentials': {
      revoke: { ...revoked, by: { parameter: 'token' }, deadToken: 'answered' },
    },
    'clients revoke access tokens with their credentials': {
      revoke: { ...revoked, ends: 'accessToken', by: { parameter: 'token' }, deadToken: 'answered' },
    },
    'clients revoke refresh tokens with their credentials': {
      revoke: { ...revoked, by: { parameter: 'refresh_token' }, deadToken: 'refused' },
    },
    ...(definition.device && {
      'short lives of devices': { 'device.lifetime': 2, 'device.interval': 1 },
      'no parameter of devices is declared': { 'device.parameters': {}, 'device.grant.parameters': {} },
    }),
    'every client has to send a challenge': { 'authorize.pkce': 'required', 'authorize.challengeMethods': ['S256'] },
    'authorization requests may be posted': { 'authorize.alsoAt': [`POST ${production?.urls.authorize}`] },
    'a client chooses the way back': { 'authorize.responseModes': ['query', 'form_post'] },
    'requests may be pushed': {
      pushedRequests: { at: `POST ${host}/oauth/par`, uri: joined('urn:request:', base64url(32)), lifetime: 60_000 },
    },
    'tokens may be introspected': { introspect: { at: `POST ${host}/oauth/introspection` } },
    'clients may have keys, and one way to authenticate': {
      'token.client': ['basic', 'body', 'privateKeyJwt', 'idInBody'],
      'token.severalAuthentications': 'refused',
    },
    'clients may have keys, and any number of ways': {
      'token.client': ['privateKeyJwt', 'body'],
      'token.severalAuthentications': 'firstCounts',
    },
    'what a client revokes is its own': {
      revoke: { ...revoked, by: { parameter: 'token' }, deadToken: 'answered', foreignToken: 'refused' },
    },
    'a code that outlives its tokens': { 'authorize.code.lifetime': 90 * 86_400_000 },
  }
  return [
    ...Object.entries(variants).map(([name, changes]) => ({ name, definition: change(definition, changes) })),
    ...everyPolicy(definition),
    ordered(definition, [], checks),
    ordered(definition, [...checks].reverse(), []),
    ordered(definition, [], [...checks].reverse()),
    ...checks.map((check) => ordered(definition, [check], [])),
    ...checks.map((check) => ordered(definition, [], [check])),
  ]
}
