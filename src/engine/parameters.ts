import type { Refusal, RequestRefusalKind } from '../vocabulary/refusal.ts'
import type { BodyEncoding } from '../vocabulary/token.ts'
import type { HttpRequest } from '../vocabulary/wire.ts'

/** The parameters of a request. One without a value counts as not sent (RFC 6749 §3.1). */
export interface Parameters {
  get(name: string): string | undefined
  /** Each parameter that came, once. */
  entries(): Iterable<readonly [name: string, value: string]>
  /** Whether a parameter came more than once (RFC 6749 §3.1 and §3.2 forbid it). */
  repeats(name: string): boolean
}

/** Reads `a=1&b=2` as HTML forms and query strings are written. */
export function readForm(text: string): Parameters {
  const values = new Map<string, string>()
  const repeated = new Set<string>()
  for (const [name, value] of new URLSearchParams(text)) {
    if (value === '') continue
    if (values.has(name)) repeated.add(name)
    else values.set(name, value)
  }
  return { get: (name) => values.get(name), entries: () => values, repeats: (name) => repeated.has(name) }
}

/** Looks a parameter up in `first`, then in `second`. */
export const either = (first: Parameters, second: Parameters): Parameters => ({
  get: (name) => first.get(name) ?? second.get(name),
  entries: () => new Map([...second.entries(), ...first.entries()]),
  repeats: (name) => first.repeats(name) || second.repeats(name),
})

const none: Parameters = { get: () => undefined, entries: () => [], repeats: () => false }

type Unreadable = Refusal<RequestRefusalKind>

const encodings: Record<string, BodyEncoding> = {
  'application/json': 'json',
  'application/x-www-form-urlencoded': 'form',
}

/** Reads a body in one of the accepted encodings, by its Content-Type. An empty body has no parameters. */
export function readBody(
  { headers, body }: HttpRequest,
  accepted: readonly BodyEncoding[],
): Parameters | { unreadable: Unreadable } {
  if (headers['content-encoding'] !== undefined && headers['content-encoding'] !== 'identity') {
    return unreadable('media_type_unsupported', 'content-encoding', 'no content encoding', headers['content-encoding'])
  }
  if (body === '') return none
  const [type = '', ...attributes] = (headers['content-type'] ?? '').toLowerCase().split(';')
  const encoding = encodings[type.trim()]
  if (!encoding || !accepted.includes(encoding)) {
    const expected = Object.entries(encodings).flatMap(([name, one]) => (accepted.includes(one) ? [name] : []))
    return unreadable(
      'media_type_unsupported',
      'content-type',
      expected.join(' or '),
      headers['content-type'] ?? 'none',
    )
  }
  const charset = attributes.map((one) => /^\s*charset\s*=\s*"?([^"\s]+)"?\s*$/.exec(one)?.[1]).find(Boolean)
  if (charset && charset !== 'utf-8' && charset !== 'utf8' && charset !== 'us-ascii') {
    return unreadable('body_unreadable', 'content-type', 'UTF-8', charset)
  }
  return encoding === 'json' ? readJson(body) : readForm(body)
}

function readJson(body: string): Parameters | { unreadable: Unreadable } {
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    return unreadable('body_unreadable', undefined, 'JSON', 'text that is not JSON')
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    return unreadable('body_unreadable', undefined, 'a JSON object', 'other JSON')
  }
  const values: Record<string, unknown> = { ...parsed }
  for (const name in values) {
    const value = values[name]
    if (typeof value === 'object' && value !== null)
      return unreadable('parameter_malformed', name, 'a string', 'object')
  }
  const get = (name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    return value === undefined || value === null || value === '' ? undefined : String(value)
  }
  return {
    get,
    entries: () =>
      Object.keys(values)
        .map((name) => [name, get(name)] as const)
        .filter(isSent),
    repeats: () => false,
  }
}

const isSent = (entry: readonly [string, string | undefined]): entry is readonly [string, string] =>
  entry[1] !== undefined

const unreadable = (kind: RequestRefusalKind, parameter: string | undefined, expected: string, came: string) => ({
  unreadable: { kind, ...(parameter ? { parameter } : {}), expected, came },
})
