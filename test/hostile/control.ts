import fc from 'fast-check'
import type { HttpRequest } from 'mock-oauth'
import { faultInputs } from './faults.ts'

/** One call of the control API, as far as it does not depend on what is there. */
export interface ControlPlan {
  readonly route: number
  readonly id: string
  readonly query: readonly (readonly [name: string, value: string])[]
  readonly body: unknown
  readonly raw: string | undefined
  readonly type: string
  /** The world that it is for, and how that is named. */
  readonly world: string | undefined
  readonly by: 'prefix' | 'header'
}

/** A route as the OpenAPI document lists it. */
export interface ListedRoute {
  readonly method: string
  readonly path: string
}

const known = [
  ...['provider', 'client', 'user', 'scope', 'id', 'secret', 'name', 'redirectUris', 'scopes', 'status', 'public'],
  ...['firstParty', 'grantTypes', 'email', 'password', 'company', 'set', 'advance', 'freeze', 'by', 'url', 'decision'],
  ...['accessTokenLifetime', 'endpoint', 'since', 'rotation', 'seed', 'retire', 'constructor', 'toString', ''],
  ...['fault', 'on', 'kind', 'at', 'nth', 'fields', 'format', 'version', 'secrets', 'event', 'keys'],
]
const texts = [
  ...[
    '',
    ' ',
    'x',
    'nobody',
    '\u0000',
    '\ud800',
    '😀',
    '%',
    '../..',
    '\r\nA: b',
    'constructor',
    '__proto__',
    'y'.repeat(9_000),
  ],
  ...[
    'active',
    'suspended',
    'approve',
    'deny',
    'client',
    'esign',
    'a b',
    'r1',
    'NaN',
    '-1',
    '1e400',
    '0s',
    '36525d',
    '61m',
  ],
  ...[
    'PT61M',
    'P0D',
    '1970-01-01',
    '9999-12-31T23:59:59Z',
    '2026-01-31T12:00:00Z',
    '0000-00-00',
    'javascript:alert(1)',
  ],
  ...[
    'https://a.example/cb',
    'https://a.example/cb#f',
    'com.app:/x',
    'a@b',
    'authorization_code',
    'client_credentials',
  ],
  ...[
    'grace:30',
    'samePair:60',
    'grace:99999999999999999999',
    'none',
    'f1',
    'w1',
    'last',
    'default',
    'token drop',
    'api',
  ],
]
const text = fc.oneof(fc.constantFrom(...texts), fc.string({ unit: 'binary', maxLength: 30 }))
const leaf = fc.oneof(
  text,
  fc.constantFrom<unknown>(null, true, false, 0, -1, 1e308, [], {}, ['esign'], ['x', 1]),
  fc.jsonValue(),
)
const worlds = [
  'a',
  'b',
  'default',
  '__proto__',
  'constructor',
  '..',
  '',
  'y'.repeat(65),
  '%00',
  'a b',
  '~',
  '_mock',
  '😀',
]
const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`

const faultFields =
  'at nth times rate cites client provider refusal status body headers contentType bytes fields lengths retryAfter form to how value after token event by secret'.split(
    ' ',
  )
const linesOfFaults = [
  'token drop after',
  'token drop drop',
  'api status status=200 body={',
  'x/y z',
  '',
  'token omit fields=,',
]

/** Faults with anything in them, by their parts or by a line. */
export const anyFaults: fc.Arbitrary<unknown> = fc.oneof(
  fc.record({ fault: fc.oneof(fc.constantFrom(...linesOfFaults), text) }),
  fc
    .tuple(
      fc.record({
        on: fc.constantFrom('token', 'token:refresh_token', 'api', 'authorize', 'webhook', 'nowhere', ''),
        kind: fc.constantFrom(
          'error',
          'status',
          'drop',
          'omit',
          'replace',
          'tamper',
          'rateLimit',
          'redirect',
          'expireEarly',
        ),
      }),
      fc.dictionary(
        fc.constantFrom(...faultFields),
        fc.oneof(
          leaf,
          fc.constantFrom<unknown>('1s', '2-4', 200, 0.5, { state: 'x' }, ['code'], 'https://a.example/', 'after'),
        ),
        { maxKeys: 3 },
      ),
    )
    .map(([aim, more]) => ({ ...more, ...aim })),
)

/** Calls of every route with anything in them. */
export const controlPlans: fc.Arbitrary<ControlPlan[]> = fc.array(
  fc.record<ControlPlan>({
    route: fc.nat({ max: 999 }),
    id: fc.oneof(fc.constant('first'), text),
    query: fc.array(fc.tuple(fc.constantFrom(...known), text), { maxLength: 2 }),
    body: fc.oneof(
      { weight: 8, arbitrary: fc.dictionary(fc.constantFrom(...known), leaf, { maxKeys: 4 }) },
      { weight: 1, arbitrary: fc.jsonValue() },
      { weight: 4, arbitrary: faultInputs.map((fault) => (typeof fault === 'string' ? { fault } : fault)) },
    ),
    raw: fc.option(
      fc.constantFrom(
        ...[
          '',
          '{',
          '[]',
          'null',
          '"x"',
          '{"__proto__":{"a":1}}',
          '{"constructor":{"prototype":1}}',
          '\ufeff{}',
          '\u00ff',
        ],
        ...[deep, `{"on":"token","kind":"replace","fields":${deep}}`, `{"fault":${deep}}`, '{"seed":1e400}'],
        ...[`{"format":"mock-oauth snapshot","version":1,"seed":${deep}}`, `{"version":${deep}}`],
      ),
      {
        nil: undefined,
        freq: 8,
      },
    ),
    type: fc.oneof(
      { weight: 9, arbitrary: fc.constant('application/json') },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          ...['text/plain', 'application/x-www-form-urlencoded', 'x', ''],
          ...['application/json; charset=utf-16', 'application/json; charset=', 'multipart/form-data'],
        ),
      },
    ),
    world: fc.option(fc.constantFrom(...worlds), { freq: 2, nil: undefined }),
    by: fc.constantFrom('prefix', 'header'),
  }),
  { minLength: 5, maxLength: 40 },
)

/** Writes a planned call down; `first` stands for an id that exists. */
export function writeCall(plan: ControlPlan, { method, path }: ListedRoute, existing: string): HttpRequest {
  const id = plan.id === 'first' ? existing : plan.id
  const safe = (one: string) => encodeURIComponent(one.replace(/\p{Surrogate}/gu, '?'))
  // Not so long that the head of the request alone is refused, by Node.
  const query = plan.query.map(([name, value]) => `${safe(name)}=${safe(value.slice(0, 3_000))}`).join('&')
  const hasBody = method !== 'GET' && method !== 'DELETE'
  const { world, by } = plan
  const prefix = world !== undefined && by === 'prefix' ? `/~${safe(world)}` : ''
  // A header takes no more than latin letters.
  const named = world !== undefined && by === 'header' && { 'x-mock-oauth-world': safe(world) }
  return {
    method,
    url: `http://control${prefix}${path.replace(/\{\w+\}/, safe(id))}${query === '' ? '' : `?${query}`}`,
    headers: { ...(hasBody && plan.type !== '' && { 'content-type': plan.type }), ...named },
    body: hasBody ? (plan.raw ?? JSON.stringify(plan.body)) : '',
  }
}
