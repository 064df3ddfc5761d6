import fc from 'fast-check'
import { writeFault } from '../../src/vocabulary/fault-text.ts'

const places = [
  ...['token', 'token:refresh_token', 'token:authorization_code', 'token:client_credentials', 'authorize', 'api'],
  ...['revoke', 'introspect', 'pushed-request', 'device-authorization', 'discovery', 'keys', 'user-info', 'webhook'],
  ...['sign-in', 'constructor', 'token:__proto__', 'token:', ''],
]

/** What is said of each kind, soundly and less so; none that lets a client wait. */
const said: readonly object[] = [
  ...['refresh_token_reused', 'code_expired', 'client_unknown', 'access_token_expired', 'server_error'].map(
    (refusal) => ({
      ...{ kind: 'error', refusal },
    }),
  ),
  { kind: 'error', refusal: 'constructor' },
  { kind: 'error', refusal: '__proto__', status: 204 },
  { kind: 'status', status: 200, body: { access_token: 'made-up', refresh_token: 'made-up', code: 'made-up' } },
  { kind: 'status', status: 204, headers: { 'x-a': 'b', Location: 'https://elsewhere.example/' } },
  { kind: 'status', status: 500, body: '\u0000\ud800', contentType: 'text/html' },
  { kind: 'status', status: 200, headers: { 'x-a': 'b\r\nx-b: c' } },
  { kind: 'drop' },
  { kind: 'truncate', bytes: 1 },
  { kind: 'truncate' },
  { kind: 'slow', bytesPerSecond: 1_000_000 },
  { kind: 'close' },
  { kind: 'malformed' },
  { kind: 'malformed', how: 'bom' },
  { kind: 'html' },
  { kind: 'empty', status: 204 },
  { kind: 'contentType', value: '' },
  { kind: 'rateLimit', retryAfter: '1s' },
  { kind: 'rateLimit', retryAfter: 'P36525D', form: 'date' },
  { kind: 'rateLimit', retryAfter: '9999999999999d' },
  { kind: 'redirect', to: 'https://elsewhere.example/', status: 308 },
  { kind: 'omit', fields: ['access_token', 'a.b', '__proto__', 'constructor.prototype', '.', 'scope.0'] },
  { kind: 'replace', fields: { access_token: 'chosen', refresh_token: 'chosen', code: 'chosen' } },
  { kind: 'replace', fields: JSON.parse('{"__proto__":{"a":1},"constructor":null,"expires_in":-1,"scope":{"a":[1]}}') },
  { kind: 'replace', lengths: { access_token: 16, refresh_token: 65_536, code: 4_000 } },
  { kind: 'tamper', fields: { access_token: 'made-up', refresh_token: 'made-up', code: 'made-up', state: null } },
  { kind: 'expireEarly' },
  { kind: 'expireEarly', after: '1h', token: 'refresh' },
  { kind: 'hold', count: 1 },
  { kind: 'hold', count: 1, order: [1] },
  { kind: 'delay', ms: 1 },
  { kind: 'delay', by: '10m' },
  { kind: 'duplicate', copies: 100 },
  { kind: 'reorder', count: 2 },
  ...['early', 'wrongSignature', 'noSignature', 'replay', 'newSecret'].map((kind) => ({ kind })),
  { kind: 'newSecret', secret: '\u0000' },
  { kind: 'constructor' },
]

const aim = fc.record(
  {
    at: fc.constantFrom('before', 'after'),
    nth: fc.constantFrom<unknown>(1, 2, '3n', '!2n', '1-3', '0n', 1e9, '9'.repeat(99)),
    times: fc.constantFrom<unknown>(1, 3, 1e9, 0, 1e308, '3'),
    rate: fc.constantFrom<unknown>(0.5, 1, 2, -1, 'NaN'),
    provider: fc.constantFrom('standard', 'mekari', 'mercury:sandbox', 'constructor', ''),
    client: fc.constantFrom('__proto__', 'nobody'),
    event: fc.constantFrom('constructor', 'x'),
    cites: fc.constantFrom('RFC 6749', '\u001b[2J'),
  },
  { requiredKeys: [] },
)

/** Faults that can be armed, and such as cannot, by their parts. */
export const faults: fc.Arbitrary<object> = fc
  .tuple(fc.constantFrom(...places), fc.constantFrom(...said), fc.option(aim, { nil: {}, freq: 2 }))
  .map(([on, what, where]) => ({ on, ...what, ...where }))

/** The same, some of them on one line. */
export const faultInputs: fc.Arbitrary<object | string> = fc
  .tuple(faults, fc.boolean(), fc.option(fc.constantFrom('', ' ', '"', '=', '{', '\u0000', ' after', '/')))
  .map(([fault, onOneLine, more]) => (onOneLine || more !== null ? lineOf(fault) + (more ?? '') : fault))

const lineOf = (fault: object): string => writeFault(fault as Parameters<typeof writeFault>[0])
