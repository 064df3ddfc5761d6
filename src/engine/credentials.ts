import * as base64url from 'jose/base64url'
import type { ClientAuthentication } from '../vocabulary/token.ts'
import type { HttpRequest } from '../vocabulary/wire.ts'
import type { Parameters } from './parameters.ts'

/** The id and secret that a client sent, and where. */
export interface Credentials {
  readonly id?: string
  readonly secret?: string
  /** A signed JWT that stands for the secret (RFC 7523 §2.2). */
  readonly assertion?: string
  readonly by: ClientAuthentication | 'nothing'
  /** More than one way was taken (RFC 6749 §2.3 forbids it). */
  readonly several?: true
  /** The Authorization header is Basic and cannot be read. */
  readonly malformed?: true
}

/**
 * Reads a client's credentials from the first place that holds all it should, else the id alone.
 * @param accepted where a provider looks, in this order
 * @param seesOthers whether it also notices credentials elsewhere, if only to refuse them
 */
export function readCredentials(
  { headers }: HttpRequest,
  parameters: Parameters,
  accepted: readonly ClientAuthentication[],
  seesOthers: boolean,
): Credentials {
  const found = accepted.map((place) => readFrom(place, headers, parameters))
  if (seesOthers) {
    for (const place of ['basic', 'body'] as const) {
      if (!accepted.includes(place)) found.push(readFrom(place, headers, parameters))
    }
  }
  const proving = found.filter(provesSomething)
  const unreadable = found.filter(({ malformed }) => malformed)
  const named = found.filter(({ by, id }) => id !== undefined && by !== 'secretInBody')
  // An id alone is what a public client sends, also where others would send a secret beside it.
  const first = proving[0] ?? unreadable[0] ?? named.find(({ by }) => by === 'idInBody') ?? named[0]
  if (!first) return { by: 'nothing' }
  const several = proving.length + unreadable.length > 1 || saysMore(first, parameters)
  return several ? { ...first, several } : first
}

/** Whether the body holds a secret, or names another client, beside credentials that need neither. */
const saysMore = ({ by, id }: Credentials, parameters: Parameters): boolean =>
  (by === 'basic' || by === 'privateKeyJwt') &&
  (parameters.get('client_secret') !== undefined || (parameters.get('client_id') ?? id) !== id)

const provesSomething = ({ by, id, secret, assertion }: Credentials): boolean =>
  assertion !== undefined || (secret !== undefined && (id !== undefined || by === 'secretInBody'))

function readFrom(place: ClientAuthentication, headers: HttpRequest['headers'], parameters: Parameters): Credentials {
  if (place === 'basic') return readBasic(headers.authorization)
  if (place === 'privateKeyJwt') return readAssertion(parameters)
  if (place === 'idInBody' && parameters.get('client_secret') !== undefined) return { by: 'nothing' }
  return readBodyPair(parameters, place)
}

function readBodyPair(parameters: Parameters, by: ClientAuthentication): Credentials {
  const id = parameters.get('client_id')
  const secret = parameters.get('client_secret')
  return { by, ...(id === undefined ? {} : { id }), ...(secret === undefined ? {} : { secret }) }
}

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** An assertion names its client by its subject; `client_id` may stand beside it (RFC 7521 §4.2). */
function readAssertion(parameters: Parameters): Credentials {
  const assertion = parameters.get('client_assertion')
  if (assertion === undefined || parameters.get('client_assertion_type') !== assertionType) return { by: 'nothing' }
  const id = parameters.get('client_id') ?? subjectOf(assertion)
  return { by: 'privateKeyJwt', assertion, ...(id === undefined ? {} : { id }) }
}

/** Whom an assertion is about, not verified yet. */
function subjectOf(assertion: string): string | undefined {
  try {
    const [, claims = ''] = assertion.split('.')
    const { sub } = JSON.parse(new TextDecoder().decode(base64url.decode(claims)))
    return typeof sub === 'string' ? sub : undefined
  } catch {
    return undefined
  }
}

/** HTTP Basic, both halves form-encoded before base64 (RFC 6749 §2.3.1). */
export function readBasic(header: string | undefined): Credentials {
  const [scheme, encoded] = header?.split(' ') ?? []
  if (scheme?.toLowerCase() !== 'basic') return { by: 'basic' }
  try {
    const bytes = Uint8Array.from(atob(encoded ?? ''), (character) => character.charCodeAt(0))
    const pair = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const colon = pair.indexOf(':')
    if (colon < 1) return { by: 'basic', malformed: true }
    return { by: 'basic', id: formDecode(pair.slice(0, colon)), secret: formDecode(pair.slice(colon + 1)) }
  } catch {
    return { by: 'basic', malformed: true }
  }
}

const formDecode = (text: string) => decodeURIComponent(text.replaceAll('+', ' '))
