import type { Receiver } from '../store/store.ts'
import type { Environment } from '../vocabulary/environment.ts'
import type { Ingredients } from '../vocabulary/format.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'

/** What can be said of a receiver; a secret that is left out is made up, where the provider signs. */
export interface ReceiverInput {
  url?: string
  secret?: string
  events?: readonly string[]
}

/**
 * A receiver as the provider would register it.
 * @param before what is registered so far
 * @throws {MockOAuthError} `invalid_client`
 */
export function receiverOf(
  { url = '', secret, events }: ReceiverInput,
  { webhooks, name }: Environment['rules'],
  from: Ingredients,
  before?: Receiver,
): Receiver {
  const wrong = (message: string) => new MockOAuthError('invalid_client', message)
  if (!webhooks) throw wrong(`${name} sends no webhooks.`)
  const at = url || before?.url || ''
  const { protocol, username, password, hash } = URL.canParse(at) ? new URL(at) : new URL('about:blank')
  if (!/^https?:$/.test(protocol) || username || password || hash || !/^[\x21-\x7e]{1,2048}$/.test(at)) {
    throw wrong(
      `"${at}" cannot receive webhooks. Expected an http or https URL, such as http://localhost:3000/webhooks.`,
    )
  }
  const known = Object.keys(webhooks.events)
  const unknown = events?.find((one) => !known.includes(one))
  if (unknown !== undefined) throw wrong(`${name} has no event "${unknown}". It has: ${known.join(', ')}.`)
  const key = secret ?? before?.secret ?? (webhooks.signature.sign ? webhooks.secret.make(from) : undefined)
  if (key !== undefined && !/^[\x20-\x7e]{1,1024}$/.test(key)) {
    throw wrong('A webhook secret is 1 to 1024 printable characters.')
  }
  const chosen = events ?? before?.events
  return { url: at, ...(key === undefined ? {} : { secret: key }), ...(chosen && { events: [...new Set(chosen)] }) }
}
