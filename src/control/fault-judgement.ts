import type { Environment } from '../vocabulary/environment.ts'
import { type Fault, type FaultKind, faultMoments } from '../vocabulary/fault.ts'
import {
  aimFields,
  callFields,
  type FaultFields,
  isObject,
  webhookAim,
  webhookFields,
} from '../vocabulary/fault-fields.ts'
import { endpointOf, grantOf, placesOf, strikesAt } from '../vocabulary/fault-places.ts'
import { issuedAt } from '../vocabulary/issued.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'
import { didYouMean } from '../vocabulary/suggestion.ts'
import { refusalsAt } from './refusals-at.ts'
import { checkSenders, judgeWebhookFault } from './webhook-faults.ts'

type Said = Readonly<Record<string, unknown>>

const wrong = (sentence: string) => new MockOAuthError('invalid_fault', sentence)

/** A value that was given, for a sentence: never long. */
function shown(value: unknown): string {
  if (value === undefined) return 'missing'
  const text = typeof value === 'function' ? 'a function' : asJson(value)
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

function asJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value)
  } catch {
    return typeof value === 'object' ? 'an object that no JSON can hold' : String(value)
  }
}

const unexpected = (path: string, value: unknown, expected: string, known: readonly string[] = []) =>
  wrong(`${path} is ${shown(value)}. Expected ${expected}.${didYouMean(value, known)}`)

/** A fault that is aimed at environments of these. */
interface Aimed {
  readonly said: Said
  readonly environments: readonly Environment[]
  readonly on: string
}

/**
 * Takes a fault as somebody has written it, if it can strike. It shares nothing with what was written.
 * @throws {MockOAuthError} `invalid_fault`, with what was given, what is expected and, for a near miss, what was perhaps meant
 */
export function judgeFault(played: readonly Environment[], input: unknown): Fault {
  if (!isObject(input)) {
    throw wrong(`A fault is ${shown(input)}. Expected an object: { "on": "token", "kind": "drop", "at": "after" }.`)
  }
  const said = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
  const environments = aimedAt(played, said.provider)
  if (said.on === 'webhook') checkSenders(played, said.provider)
  const on = placeOf(environments, said)
  const aimed = { said, environments: environments.filter((one) => placesOf(one).includes(on)), on }
  const fields = fieldsOf(on, said.kind)
  judgeFields(aimed, fields)
  if (on !== 'webhook') judgeCall(aimed, said.kind as FaultKind)
  const fault = structuredClone(said) as unknown as Fault
  if (fault.on === 'webhook') judgeWebhookFault(played, fault)
  return fault
}

function aimedAt(played: readonly Environment[], provider: unknown): readonly Environment[] {
  if (provider === undefined) return played
  const aimed = played.filter((one) => one.key === provider || one.provider === provider)
  if (aimed.length > 0) return aimed
  const known = [...new Set(played.flatMap((one) => [one.provider, one.key]))]
  throw unexpected('provider', provider, `one that is played: ${known.join(', ')}`, known)
}

function placeOf(environments: readonly Environment[], { on, provider }: Said): string {
  const known = [...new Set(environments.flatMap(placesOf))]
  if (typeof on === 'string' && known.includes(on)) return on
  const whose = provider === undefined ? 'that is played' : `that ${provider} has`
  throw unexpected('on', on, `a place ${whose}: ${known.join(', ')}`, known)
}

/** What may be said of a kind, at a place. */
function fieldsOf(on: string, kind: unknown): FaultFields {
  const kinds: Readonly<Record<string, FaultFields>> = on === 'webhook' ? webhookFields : callFields
  const known =
    on === 'webhook' ? Object.keys(kinds) : Object.keys(kinds).filter((one) => strikesAt(one as FaultKind, on))
  const fields = typeof kind === 'string' && known.includes(kind) ? kinds[kind] : undefined
  if (fields) return fields
  throw unexpected('kind', kind, `a kind that can strike at ${on}: ${known.join(', ')}`, known)
}

function judgeFields({ said, on }: Aimed, fields: FaultFields): void {
  const all: FaultFields = { ...aimFields, ...(on === 'webhook' && webhookAim), ...fields }
  const known = ['on', 'kind', ...(on === 'webhook' ? [] : ['at']), ...Object.keys(all)]
  for (const name of Object.keys(said)) {
    if (known.includes(name)) continue
    throw wrong(
      `${name} is not known of a fault of the kind ${said.kind}. Expected some of ${known.join(', ')}.${didYouMean(name, known)}`,
    )
  }
  for (const [name, field] of Object.entries(all)) {
    const value = said[name]
    if (value === undefined ? field.required : !field.accepts(value)) throw unexpected(name, value, field.expected)
  }
}

/** What only shows when several things that are said stand side by side. */
function judgeCall(aimed: Aimed, kind: FaultKind): void {
  const { said } = aimed
  const moments: readonly string[] = faultMoments[kind]
  if (said.at !== undefined && !moments.includes(String(said.at))) {
    throw unexpected('at', said.at, `${moments.join(' or ')}, when ${kind} can strike`)
  }
  if (kind === 'error') judgeRefusal(aimed)
  if ((said.status === 204 || said.status === 304) && (kind === 'html' || said.body !== undefined)) {
    throw unexpected('status', said.status, 'one with a body: 204 and 304 have none (RFC 9110 §15)')
  }
  if (kind === 'replace' && said.fields === undefined && said.lengths === undefined) {
    throw unexpected('fields', undefined, 'fields or lengths: what is to be replaced')
  }
  if (kind === 'replace' && said.lengths !== undefined) judgeLengths(aimed, Object.keys(said.lengths as Said))
  if (kind === 'hold' && Array.isArray(said.order) && said.order.length !== said.count) {
    throw unexpected('order', said.order, `all from 1 to count, which is ${said.count}`)
  }
}

function judgeRefusal({ said, environments, on }: Aimed): void {
  const kind = String(said.refusal)
  for (const environment of environments) {
    const known: readonly string[] = refusalsAt(environment, on)
    if (known.includes(kind)) continue
    const able = environments.filter((one) => refusalsAt(one, on).includes(kind as never))
    const hint =
      able.length > 0 ? ` Name a provider that can: ${able.map(({ key }) => key).join(', ')}.` : didYouMean(kind, known)
    throw wrong(
      `refusal is "${kind}", which ${environment.key} cannot give at ${on}. It can: ${known.join(', ')}.${hint}`,
    )
  }
  if (said.status !== undefined && on === 'authorize') {
    throw unexpected('status', said.status, 'none: from the authorization endpoint an error goes by the browser')
  }
}

function judgeLengths({ environments, on }: Aimed, names: readonly string[]): void {
  const known = environments.flatMap(({ rules }) => Object.keys(issuedAt(rules, endpointOf(on), grantOf(on))))
  const stranger = names.find((name) => !known.includes(name))
  if (stranger === undefined) return
  const issued = [...new Set(known)].join(', ') || 'none'
  throw wrong(
    `lengths.${stranger} is nothing that is issued at ${on}. Issued: ${issued}.${didYouMean(stranger, known)}`,
  )
}
