import type { ClientAuthentication } from '../vocabulary/token.ts'
import type { HttpRequest } from '../vocabulary/wire.ts'
import type { Parameters } from './parameters.ts'

/** The id and secret that a client sent, and where. */
export interface Credentials {
  readonly id?: string
  readonly secret?: string
  readonly by: ClientAuthentication | 'nothing'
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
  return (
    found.find(({ by, id, secret }) => secret !== undefined && (id !== undefined || by === 'secretInBody')) ??
    found.find(({ malformed }) => malformed) ??
    found.find(({ by, id }) => id !== undefined && by !== 'secretInBody') ?? { by: 'nothing' }
  )
}

function readFrom(place: ClientAuthentication, headers: HttpRequest['headers'], parameters: Parameters): Credentials {
  if (place === 'basic') return readBasic(headers.authorization)
  if (place === 'idInBody' && parameters.get('client_secret') !== undefined) return { by: 'nothing' }
  return readBodyPair(parameters, place)
}

function readBodyPair(parameters: Parameters, by: ClientAuthentication): Credentials {
  const id = parameters.get('client_id')
  const secret = parameters.get('client_secret')
  return { by, ...(id === undefined ? {} : { id }), ...(secret === undefined ? {} : { secret }) }
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
