import { duration } from './duration.ts'
import type { FaultAim, FaultKind, Misbehaviours, WebhookFaultKind, WebhookMisbehaviours } from './fault.ts'
import type { Json } from './json.ts'

/** What may be said under one name: in words, as a JSON Schema, and as a judgement. */
export interface FaultField {
  /** Goes on after "Expected". */
  readonly expected: string
  readonly schema: { readonly [key: string]: Json }
  /** Whether it has to be said. */
  readonly required?: true
  accepts(value: unknown): boolean
}

/** Fields by their names. */
export type FaultFields = Readonly<Record<string, FaultField>>

type FieldsOf<T> = FaultFields & { readonly [Name in keyof Required<T>]: FaultField }

/** The field has to be there. */
const must = (field: FaultField): FaultField => ({ ...field, required: true })

const whole = (from: number, to: number, what = 'a whole number'): FaultField => ({
  expected: `${what} from ${from} to ${to}`,
  schema: { type: 'integer', minimum: from, maximum: to },
  accepts: (value) => Number.isInteger(value) && Number(value) >= from && Number(value) <= to,
})

const text = (what: string, longest = 1_024): FaultField => ({
  expected: `${what}, ${longest} characters at most`,
  schema: { type: 'string', minLength: 1, maxLength: longest },
  accepts: (value) => typeof value === 'string' && value.length > 0 && value.length <= longest,
})

const oneOf = <Value extends string | number>(...values: readonly Value[]): FaultField => ({
  expected: values.join(', ').replace(/, ([^,]+)$/, ' or $1'),
  schema: { enum: values },
  accepts: (value) => values.some((one) => one === value),
})

const length: FaultField = {
  expected: 'a length of time: 30s, 5m, 2h, 1d, PT30S',
  schema: { type: 'string', description: '30s, 5m, 2h, 1d, PT30S' },
  accepts(value) {
    try {
      return typeof value === 'string' && duration(value) >= 0
    } catch {
      return false
    }
  },
}

/** More than this is neither kept nor sent. */
const largest = 1_000_000

/** Whether JSON can hold it, and within what is sent. */
function isJson(value: unknown): value is Json {
  const fits = (one: unknown, depth: number): boolean => {
    if (one === null || typeof one === 'string' || typeof one === 'boolean') return true
    if (typeof one === 'number') return Number.isFinite(one)
    if (typeof one !== 'object' || depth > 50) return false
    if (!Array.isArray(one) && ![Object.prototype, null].includes(Object.getPrototypeOf(one))) return false
    return Object.values(one).every((inner) => fits(inner, depth + 1))
  }
  return fits(value, 0) && (typeof value === 'string' ? value : JSON.stringify(value)).length <= largest
}

const json: FaultField = {
  expected: 'what JSON can hold, 1 MB at most; a text is sent as it is',
  schema: { description: 'a text is sent as it is, anything else as JSON; 1 MB at most' },
  accepts: isJson,
}

/** An object whose names are fields of an answer. */
const byName = (expected: string, values: FaultField['schema'], accepts: (value: unknown) => boolean): FaultField => ({
  expected,
  schema: { type: 'object', minProperties: 1, maxProperties: 100, additionalProperties: values },
  accepts: (value) =>
    isObject(value) &&
    Object.keys(value).length > 0 &&
    Object.keys(value).length <= 100 &&
    Object.entries(value).every(([name, one]) => name.length > 0 && name.length <= 200 && accepts(one)) &&
    isJson(value),
})

/** True for an object that is no list. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const values = byName('an object of values by their fields: { expires_in: null }', {}, () => true)

const names: FaultField = {
  expected: "a list of fields: ['refresh_token', 'user.id']",
  schema: { type: 'array', items: { type: 'string', minLength: 1, maxLength: 200 }, minItems: 1, maxItems: 100 },
  accepts: (value) =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= 100 &&
    value.every((name) => typeof name === 'string' && name.length > 0 && name.length <= 200),
}

/** RFC 9110 §5.6.2 and §5.5. */
const headerName = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
const headerValue = /^[\t\x20-\x7e\x80-\xff]{0,8192}$/
/** These say how the message is carried, which is the connection's own business. */
const ofTheConnection =
  /^(connection|content-length|keep-alive|proxy-connection|te|trailer|transfer-encoding|upgrade)$/i

const header: FaultField = {
  expected: 'the value of a header, without line breaks: application/json',
  schema: { type: 'string', maxLength: 8192 },
  accepts: (value) => typeof value === 'string' && headerValue.test(value),
}

const headers: FaultField = {
  expected: 'an object of headers that HTTP allows (RFC 9110 §5), without those of the connection: { "x-trace": "1" }',
  schema: { type: 'object', maxProperties: 50, additionalProperties: { type: 'string', maxLength: 8192 } },
  accepts: (value) =>
    isObject(value) &&
    Object.keys(value).length <= 50 &&
    Object.entries(value).every(
      ([name, one]) => headerName.test(name) && !ofTheConnection.test(name) && header.accepts(one),
    ),
}

const url: FaultField = {
  expected: 'an absolute http or https URL: https://elsewhere.example/token',
  schema: { type: 'string', pattern: '^https?://', maxLength: 8192 },
  accepts: (value) =>
    typeof value === 'string' && /^https?:\/\/[\x21-\x7e]{1,8192}$/.test(value) && URL.canParse(value),
}

const refusal: FaultField = {
  ...text('a kind of refusal', 100),
  expected: 'a kind of refusal, such as refresh_token_expired',
}

const status = whole(200, 599, 'a status')

/** In milliseconds. */
const longestWait = 3_600_000

/** What has to be said of each kind of fault in calls, and what may be. */
export const callFields: { readonly [Kind in FaultKind]: FieldsOf<Misbehaviours[Kind]> } = {
  error: { refusal: must(refusal), status },
  status: { status: must(status), body: json, contentType: header, headers },
  delay: { ms: must(whole(1, longestWait, 'real milliseconds')) },
  hang: {},
  drop: {},
  truncate: { bytes: whole(0, largest, 'bytes') },
  slow: { bytesPerSecond: must(whole(1, largest, 'bytes')) },
  close: {},
  malformed: { how: oneOf('json', 'bom') },
  html: { status },
  empty: { status },
  contentType: { value: must(header) },
  rateLimit: { retryAfter: must(length), form: oneOf('seconds', 'date', 'none') },
  redirect: { to: must(url), status: oneOf(301, 302, 303, 307, 308) },
  omit: { fields: must(names) },
  replace: {
    fields: values,
    lengths: byName(
      'an object of lengths from 16 to 65536 by the fields of tokens and codes: { access_token: 8192 }',
      { type: 'integer', minimum: 16, maximum: 65_536 },
      whole(16, 65_536).accepts,
    ),
  },
  tamper: { fields: must(values) },
  expireEarly: { after: length, token: oneOf('access', 'refresh') },
  hold: {
    count: must(whole(1, 1_000)),
    order: {
      expected: 'arrival, reverse, or a list of all from 1 to count: [2, 1, 3]',
      schema: {
        anyOf: [{ enum: ['arrival', 'reverse'] }, { type: 'array', items: { type: 'integer' }, maxItems: 1_000 }],
      },
      accepts: (value) =>
        value === 'arrival' ||
        value === 'reverse' ||
        (Array.isArray(value) && [...value].sort((a, b) => a - b).every((one, i) => one === i + 1)),
    },
    forMs: whole(1, longestWait, 'real milliseconds'),
  },
}

/** The same of faults in webhook deliveries. */
export const webhookFields: { readonly [Kind in WebhookFaultKind]: FieldsOf<WebhookMisbehaviours[Kind]> } = {
  drop: {},
  delay: { by: must(length) },
  duplicate: { copies: whole(2, 100) },
  reorder: { count: whole(2, 100) },
  early: {},
  wrongSignature: {},
  noSignature: {},
  replay: {},
  newSecret: { secret: text('a secret') },
}

/** What else may be said of where a fault in webhooks strikes. */
export const webhookAim: FaultFields = { event: text('an event of the provider') }

/** How `nth` may be written. */
const nthForm = /^(?:[1-9]\d{0,8}|[1-9]\d{0,8}-[1-9]\d{0,8}|!?[1-9]\d{0,8}n)$/

/** What may be said of any fault: which calls it strikes, and who permits it. Where and when is judged by its provider and kind. */
export const aimFields: FieldsOf<Omit<FaultAim, 'on' | 'at'> & { cites: string }> = {
  provider: text('a provider or environment that is played'),
  client: text('a client id'),
  nth: {
    expected: "a count from 1: 3; or '2-4', '3n' for each third, '!3n' for all but these",
    schema: {
      anyOf: [
        { type: 'integer', minimum: 1 },
        { type: 'string', pattern: nthForm.source },
      ],
    },
    accepts(value) {
      if (typeof value !== 'number' && typeof value !== 'string') return false
      const [first = 0, last = first] = `${value}`.split('-').map(Number)
      return nthForm.test(`${value}`) && value !== '!1n' && !(first > last)
    },
  },
  times: whole(1, 1_000_000_000),
  rate: {
    expected: 'a number above 0, 1 at most: 0.05',
    schema: { type: 'number', exclusiveMinimum: 0, maximum: 1 },
    accepts: (value) => typeof value === 'number' && value > 0 && value <= 1,
  },
  cites: text('who permits it: RFC 6749 §5.1', 200),
}
