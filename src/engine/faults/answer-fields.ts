import type { Json } from '../../vocabulary/json.ts'
import { postToClient } from '../answer-client.ts'
import type { Outcome, Visit } from '../visit.ts'

/** A field and its other value; `undefined` takes it away. A field within others is reached by dots. */
export type Change = readonly [field: string, value: Json | undefined]

type Fields = { readonly [key: string]: Json | undefined }

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The key that a path begins with, and the rest: a key that is there may hold dots itself. */
function stepOf(holder: Fields, path: string): readonly [key: string, rest: string | undefined] {
  const dot = Object.hasOwn(holder, path) ? -1 : path.indexOf('.')
  return dot < 0 ? [path, undefined] : [path.slice(0, dot), path.slice(dot + 1)]
}

/** With another value at a path: in its place where there is one, else at the end. */
function withValue(holder: Fields, path: string, value: Json | undefined): Fields {
  const [key, rest] = stepOf(holder, path)
  const before = Object.hasOwn(holder, key) ? holder[key] : undefined
  const after = rest === undefined ? value : within(before, rest, value)
  const entries = Object.entries(holder)
  if (!Object.hasOwn(holder, key)) return Object.fromEntries([...entries, [key, after]])
  return Object.fromEntries(entries.map(([name, one]) => [name, name === key ? after : one]))
}

function within(inner: Json | undefined, path: string, value: Json | undefined): Json | undefined {
  if (!Array.isArray(inner))
    return isFields(inner) || value !== undefined ? withValue(isFields(inner) ? inner : {}, path, value) : inner
  const [place = '', rest] = path.split(/\.(.*)/s)
  return inner.flatMap((one: Json, i) => {
    if (place !== `${i}`) return [one]
    const changed = rest === undefined ? value : within(one, rest, value)
    return changed === undefined ? [] : [changed]
  })
}

function parsed(body: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(body)
    return isFields(value) ? value : undefined
  } catch {
    return undefined
  }
}

const asText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value))

const nameIn = (pair: string): string => new URLSearchParams(pair).keys().next().value ?? ''

/** A URI whose parameters are changed: the last of each name, for those before may be the redirect URI's own. */
function changeQuery(uri: string, changes: readonly Change[]): string {
  const [, base = '', query = '', fragment = ''] = /^([^?#]*)\??([^#]*)(#.*)?$/s.exec(uri) ?? []
  const pairs = query.split('&').filter((pair) => pair !== '')
  for (const [name, value] of changes) {
    const at = pairs.findLastIndex((pair) => nameIn(pair) === name)
    const written = value === undefined || value === null ? [] : [`${new URLSearchParams([[name, asText(value)]])}`]
    pairs.splice(at < 0 ? pairs.length : at, at < 0 ? 0 : 1, ...written)
  }
  return base + (pairs.length > 0 ? `?${pairs.join('&')}` : '') + fragment
}

/** An outcome whose answer has other fields; nothing where the answer has none: it is neither JSON nor goes to a client. */
export function changed(visit: Visit, outcome: Outcome, changes: readonly Change[]): Outcome | undefined {
  const { response, posted, returns } = outcome
  if (posted) {
    const left = Object.entries(posted.fields).filter(
      ([name]) => !changes.some(([one, value]) => one === name && (value ?? null) === null),
    )
    const put = changes.flatMap(([name, value]) =>
      value === undefined || value === null ? [] : [[name, asText(value)] as const],
    )
    return postToClient(visit, posted.url, { ...Object.fromEntries(left), ...Object.fromEntries(put) })
  }
  if (returns) {
    const headers = response.headers.map(
      ([name, value]) => [name, name === 'location' ? changeQuery(value, changes) : value] as const,
    )
    return { response: { ...response, headers } }
  }
  const fields = parsed(response.body)
  if (!fields) return undefined
  const after = changes.reduce((all, [path, value]) => withValue(all, path, value), fields)
  return { response: { ...response, body: JSON.stringify(after) } }
}
