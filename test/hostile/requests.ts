import fc from 'fast-check'
import type { HttpRequest } from 'mock-oauth'
import type { Endpoint } from '../../src/vocabulary/endpoint.ts'
import type { Environment } from '../../src/vocabulary/environment.ts'
import { demandsChallenge, verifier, withChallenge } from '../laws/party.ts'

/** A value that was really issued or registered, by kind and number; or any text. */
export type Value = { readonly kind: Kind; readonly nth: number } | string
export const kinds = [
  'client_id',
  'client_secret',
  'code',
  'access_token',
  'refresh_token',
  'redirect_uri',
  'scope',
  'cookie',
  'consent',
  'return_to',
  'authenticity_token',
  'email',
  'request_uri',
] as const
export type Kind = (typeof kinds)[number]

/** All that a live run has shown so far, and by its number whose each code and token is. */
export type Pool = { readonly [K in Kind]: string[] } & {
  readonly ownerOf: Map<string, number>
  /** The first redirect URI of each client, by number. */
  readonly home: readonly string[]
}

/** What makes a well-formed request an odd one. */
export interface Twist {
  readonly turn: 'set' | 'drop' | 'repeat' | 'method' | 'path' | 'header' | 'encoding' | 'raw body' | 'nest'
  readonly name: string
  /** Bends the field at this place instead of the named one, where the request has fields. */
  readonly place: number | undefined
  readonly value: Value
}

/** One request in the making: which kind, with whose values, how it is bent, and how long to wait before it. */
export interface Plan {
  readonly kind:
    | 'authorize'
    | 'exchange'
    | 'refresh'
    | 'credentials'
    | 'api'
    | 'revoke'
    | 'push'
    | 'pushed'
    | 'introspect'
    | 'sign in'
    | 'consent'
    | 'page'
    | 'elsewhere'
  readonly environment: number
  readonly nth: number
  readonly json: boolean
  readonly twists: readonly Twist[]
  readonly wait: number
}

const names = [
  ...['client_id', 'client_secret', 'grant_type', 'code', 'scope', 'redirect_uri', 'state', 'response_type', 'lang'],
  ...['refresh_token', 'code_verifier', 'code_challenge', 'code_challenge_method', 'consent', 'decision', 'return_to'],
  ...[
    'user[email]',
    'user[password]',
    'authenticity_token',
    'access_token',
    'token',
    'request_uri',
    'client_assertion',
    'client_assertion_type',
  ],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'length', '', ' ', '\u0000', '[]', 'a[b]'],
]
const headerNames = [
  ...['authorization', 'content-type', 'content-encoding', 'cookie', 'origin', 'host', 'accept', 'content-length'],
  ...['access-control-request-headers', 'access-control-request-method', 'x-http-method-override', '__proto__'],
]
const texts = [
  ...['', ' ', '0', 'null', 'true', '[object Object]', '__proto__', 'constructor', 'toString', '*', '%', '%00', '%zz'],
  ...['\r\nSet-Cookie: a=b', '\r\n\r\n<script>', '"><script>alert(1)</script>', '\u0000', '\u0007', '\u007f', '\u2028'],
  ...[
    '\ud800',
    '\udfff\ud800',
    '😀',
    'é',
    '\ufeff',
    'a\tb',
    '../../etc/passwd',
    '//evil.example',
    'javascript:alert(1)',
  ],
  ...['https://evil.example/callback', 'http://localhost:3000/callback', 'authorization_code', 'refresh_token', 'code'],
  ...[
    'client_credentials',
    'token',
    'S256',
    'plain',
    'approve',
    'deny',
    'switch',
    'password',
    'Basic',
    'Bearer',
    'Bearer ',
  ],
  ...['Basic Og==', 'Basic !!!', 'Basic /w==', 'application/json', 'application/json; charset=utf-16', 'text/plain'],
  ...['application/x-www-form-urlencoded; charset="utf-8"', 'constructor', 'gzip', 'null', 'https://app.example'],
  ...[
    'mock_oauth_session=x',
    'mock_oauth_session=%zz; a',
    '{"a":1}',
    '[]',
    '{',
    '{"__proto__":{"admin":true}}',
    'a=1&a=2',
  ],
  ...['&&&===', 'x'.repeat(4_000), 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'],
]
const value: fc.Arbitrary<Value> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom(...kinds), nth: fc.nat({ max: 99 }) }) },
  { weight: 5, arbitrary: fc.constantFrom(...texts) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
)
const methods = ['GET', 'POST', 'DELETE', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'TRACE', 'PROPFIND', 'get']

const twist: fc.Arbitrary<Twist> = fc
  .constantFrom<Twist['turn']>(
    'set',
    'set',
    'set',
    'drop',
    'repeat',
    'method',
    'path',
    'header',
    'header',
    'encoding',
    'raw body',
    'nest',
  )
  .chain((turn) =>
    fc.record<Twist>({
      turn: fc.constant(turn),
      name: fc.constantFrom(...(turn === 'header' ? headerNames : turn === 'method' ? methods : names)),
      place: fc.option(fc.nat({ max: 20 }), { nil: undefined, freq: 3 }),
      value,
    }),
  )

/** Runs of requests: most are nearly right, so that deep paths are reached. */
export const plans: fc.Arbitrary<Plan[]> = fc.array(
  fc.record<Plan>({
    kind: fc.constantFrom<Plan['kind']>(
      ...([
        'authorize',
        'authorize',
        'authorize',
        'authorize',
        'exchange',
        'exchange',
        'exchange',
        'exchange',
      ] as const),
      ...(['refresh', 'refresh', 'refresh', 'credentials', 'push', 'push', 'pushed', 'pushed', 'introspect'] as const),
      ...(['api', 'api', 'revoke', 'sign in', 'sign in', 'consent', 'consent', 'page', 'page', 'elsewhere'] as const),
    ),
    environment: fc.nat({ max: 9 }),
    nth: fc.nat({ max: 99 }),
    json: fc.boolean(),
    twists: fc.oneof(
      { weight: 4, arbitrary: fc.constant([]) },
      { weight: 5, arbitrary: fc.array(twist, { minLength: 1, maxLength: 3 }) },
    ),
    wait: fc.oneof(
      { weight: 8, arbitrary: fc.constant(0) },
      {
        weight: 2,
        arbitrary: fc.constantFrom(1, 59_999, 60_000, 299_999, 300_000, 3_599_999, 3_600_000, 2_592_000_000),
      },
    ),
  }),
  { minLength: 10, maxLength: 60, size: 'max' },
)

/** A request that can be sent, and the parameters in it as its author meant them. */
export interface Draft {
  readonly request: HttpRequest
  readonly parameters: readonly (readonly [name: string, value: string])[]
}

type Fields = [name: string, value: string][]

/** Picks the nth value of a kind; the newest is number 0. */
const pick = (pool: Pool, kind: Kind, nth: number): string => pool[kind].at(-1 - (nth % (pool[kind].length || 1))) ?? ''

/** The number of the client that sends a planned request: mostly the one whose code or refresh token is in it. */
export function senderOf({ kind, nth, environment }: Plan, pool: Pool): number {
  const value = ({ exchange: 'code', refresh: 'refresh_token', pushed: 'request_uri' } as const)[kind as 'exchange']
  const owner = value && environment < 7 ? pool.ownerOf.get(pick(pool, value, nth % 4)) : undefined
  return owner ?? nth % pool.client_id.length
}

/** A client's id, by number, and unless it is public its secret: in the body, or in a header. */
function credentials({ rules }: Environment, pool: Pool, at: number) {
  const [id = '', secret = ''] = [pool.client_id[at], pool.client_secret[at]]
  const [way] = rules.token.client
  const isPublic = secret === ''
  const basic = btoa(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`)
  if (way === 'basic' && !isPublic) return { fields: [] as Fields, headers: { authorization: `Basic ${basic}` } }
  const fields: Fields = [
    ...(way === 'secretInBody' ? [] : ([['client_id', id]] as Fields)),
    ...(isPublic ? [] : ([['client_secret', secret]] as Fields)),
  ]
  return { fields, headers: {} }
}

/** Writes down a planned request with values of the pool. */
export function draft(plan: Plan, environment: Environment, pool: Pool): Draft {
  const { urls, rules, routes } = environment
  const own = (kind: Kind) => pick(pool, kind, plan.nth % 4)
  const sender = senderOf(plan, pool)
  const scope = pool.scope[sender] ?? ''
  const isPublic = pool.client_secret[sender] === ''
  const challenges = isPublic || demandsChallenge(environment)
  const uri: Fields = [['redirect_uri', pool.home[sender] ?? '']]
  const namesUri = rules.authorize.withoutRedirectUri === 'refused'
  const atExchange = rules.token.exchange.parameters.redirect_uri
  const ask: Fields = [
    ['client_id', pool.client_id[sender] ?? ''],
    ['response_type', 'code'],
    ['scope', scope],
    ['state', 'some state or other'],
    ...(namesUri ? uri : plan.json ? ([['redirect_uri', own('redirect_uri')]] as Fields) : []),
    ...(challenges ? Object.entries(withChallenge).map(([name, text]): Fields[number] => [name, text ?? '']) : []),
  ]
  const proof: Fields = [
    ...(challenges ? ([['code_verifier', verifier]] as Fields) : []),
    ...(atExchange?.presence === 'required' || atExchange?.sameAsAuthorized ? uri : []),
  ]
  const signIn = [...routes].find(([, methodsThere]) => methodsThere.get('GET')?.endpoint === 'sign-in')?.[0] ?? ''
  const { fields, carries } = rules.signIn
  const [page = '', there] = [...routes][plan.nth % routes.size] ?? []
  const { endpoint = 'api' } = there?.get('GET') ?? {}
  const as = credentials(environment, pool, sender)
  const token = (grant: string, ...more: Fields): Start => ({
    method: 'POST',
    url: urls.token,
    headers: as.headers,
    body: [['grant_type', grant], ...as.fields, ...more],
  })
  const bearer = { authorization: `Bearer ${own('access_token')}` }
  const by = rules.revoke?.by ?? 'bearer'
  const pushed: Fields = [
    ['client_id', pool.client_id[sender] ?? ''],
    ['request_uri', own('request_uri')],
  ]
  const asClient = (at: Endpoint | undefined, ...more: Fields): Start => ({
    method: 'POST',
    url: at === undefined ? urls.token : environment.urlOf(at),
    headers: as.headers,
    body: [...as.fields.filter(([name]) => !more.some(([other]) => other === name)), ...more],
  })
  type Start = { method: string; url: string; query?: Fields; body?: Fields; headers?: Record<string, string> }
  const starts: { readonly [K in Plan['kind']]: Start } = {
    authorize: { method: 'GET', url: urls.authorize, query: ask, headers: { cookie: own('cookie') } },
    exchange: token('authorization_code', ['code', own('code')], ['scope', scope], ...proof),
    refresh: token('refresh_token', ['refresh_token', own('refresh_token')], ['scope', scope]),
    credentials: token('client_credentials'),
    api: { method: 'GET', url: urls.api, headers: bearer },
    revoke:
      by === 'bearer'
        ? { method: 'DELETE', url: urls.revoke ?? urls.token, headers: bearer }
        : {
            method: 'POST',
            url: urls.revoke ?? '',
            headers: as.headers,
            body: [...as.fields, [by.parameter, own('refresh_token')]],
          },
    push: asClient(rules.pushedRequests?.at, ...ask),
    pushed: { method: 'GET', url: urls.authorize, query: pushed, headers: { cookie: own('cookie') } },
    introspect: asClient(rules.introspect?.at, ['token', own(plan.json ? 'access_token' : 'refresh_token')]),
    'sign in': {
      method: plan.json ? 'GET' : 'POST',
      url: signIn,
      query: [
        [carries.clientId ?? 'client_id', own('client_id')],
        [carries.returnTo, own('return_to')],
      ],
      headers: { cookie: own('cookie') },
      body: [
        [fields.token, own('authenticity_token')],
        [fields.email, own('email')],
        [fields.password, 'password'],
      ],
    },
    consent: {
      method: 'POST',
      url: urls.authorize,
      query: plan.json && rules.pushedRequests ? pushed : ask,
      headers: { cookie: own('cookie') },
      body: [
        ['consent', own('consent')],
        ['decision', 'approve'],
      ],
    },
    page: {
      method: plan.json ? 'GET' : 'POST',
      url: page,
      query: /^sign-/.test(endpoint) ? [[carries.returnTo, own('return_to')]] : [],
      headers: { cookie: own('cookie') },
      body: [
        [fields.token, own('authenticity_token')],
        ['page_token', own('consent')],
        [plan.environment % 2 === 0 ? 'disconnect' : 'leave', pool.client_id[plan.wait === 0 ? 0 : sender] ?? ''],
        ['client_id', pool.client_id[sender] ?? ''],
        ['client_secret', pool.client_secret[sender] ?? ''],
        ...Object.values(rules.signUp?.fields ?? {}).map((name): Fields[number] => [name, `${plan.nth}@example.com`]),
      ],
    },
    elsewhere: { method: 'GET', url: `${new URL(urls.api).origin}/${plan.nth}` },
  }
  const { method, url, query = [], body = [], headers = {} } = starts[plan.kind]
  const isToken = plan.kind === 'exchange' || plan.kind === 'refresh' || plan.kind === 'credentials'
  const json = isToken && (rules.token.body.includes('form') ? plan.json && rules.token.body.includes('json') : true)
  return bend({ method, url, query: [...query], body: [...body], headers: { ...headers }, json }, plan.twists, pool)
}

interface Bendable {
  method: string
  url: string
  query: Fields
  body: Fields
  headers: Record<string, string>
  json: boolean
}

function bend(start: Bendable, twists: readonly Twist[], pool: Pool): Draft {
  const { query, body, headers } = start
  let { method, url, json } = start
  let raw: string | undefined
  let nested: string | undefined
  for (const { turn, name: given, place, value } of twists) {
    const text = typeof value === 'string' ? value : pick(pool, value.kind, value.nth)
    const fields = body.length > 0 && text.length % 3 !== 0 ? body : query
    const isField = turn === 'set' || turn === 'drop' || turn === 'repeat' || turn === 'nest'
    const name = (isField && place !== undefined && fields[place % fields.length]?.[0]) || given
    const at = fields.findIndex(([one]) => one === name)
    if (turn === 'set') fields.splice(at < 0 ? fields.length : at, at < 0 ? 0 : 1, [name, text])
    else if (turn === 'drop') fields.splice(Math.max(at, 0), 1)
    else if (turn === 'repeat') fields.push(...fields.slice(0, 1), [name, text])
    else if (turn === 'method') method = name
    else if (turn === 'path') url += text.startsWith('/') ? text : `/${text}`
    else if (turn === 'header') headers[name] = name === 'authorization' ? `Bearer ${text}` : text
    else if (turn === 'encoding') json = !json
    else if (turn === 'raw body') raw = text
    else nested = name
  }
  const form = (fields: Fields) => fields.map(([name, text]) => `${percent(name)}=${percent(text)}`).join('&')
  const object = Object.fromEntries(body.map(([name, text]) => [name, name === nested ? { nested: [text] } : text]))
  const written = raw ?? (body.length === 0 ? '' : json ? JSON.stringify(object) : form(body))
  const type = json ? 'application/json' : 'application/x-www-form-urlencoded'
  return {
    request: {
      method,
      url: query.length > 0 ? `${url}?${form(query)}` : url,
      headers: { ...(written === '' ? {} : { 'content-type': type }), ...headers },
      body: written,
    },
    parameters: [...query, ...body],
  }
}

/** Percent-encodes what can be; a lone surrogate is sent as it is. */
const percent = (text: string) => text.replace(/\P{Surrogate}+/gu, (plain) => encodeURIComponent(plain))
