import type { Receiver } from '../store/store.ts'
import { uuid } from '../vocabulary/format.ts'
import type { Plain } from '../vocabulary/plain.ts'
import type { WebhookRules } from '../vocabulary/webhook.ts'
import type { HttpRequest } from '../vocabulary/wire.ts'
import type { Letter } from '../world/webhook-event.ts'
import type { World } from '../world/world.ts'
import { withParameters } from './answers.ts'

/** What is delivered, and to whom. */
export interface Delivery {
  readonly rules: Plain<WebhookRules>
  readonly environment: string
  readonly clientId: string
  /** The receiver at the moment of the event: it still holds when the client itself is gone. */
  readonly receiver: Receiver | undefined
  readonly query: Readonly<Record<string, string>>
  readonly body: string
}

/** How an event is delivered: to the receiver that the client has at the time of the attempt, signed anew each time. */
export function letterOf(world: World, { rules, environment, clientId, receiver, query, body }: Delivery): Letter {
  return {
    addressee: addresseeOf(environment, clientId),
    counts: rules.received.counts,
    limit: (attempt) => (attempt === 'retry' && rules.retryAnswerWithin) || rules.answerWithin,
    retries: rules.retries.after,
    pausedAfter: rules.pausedAfter,
    async write(at) {
      const client = await world.store.findClient(environment, clientId)
      const to = client ? client.webhooks : receiver
      if (!to) return undefined
      const requestId = rules.requestIdHeader && uuid.make({ chance: world.chance.webhooks, now: at })
      const headers = {
        'content-type': 'application/json',
        'user-agent': 'mock-oauth',
        ...(rules.requestIdHeader && { [rules.requestIdHeader]: requestId }),
        ...(await sign(rules, to, { at, requestId, query, body })),
      }
      return { method: 'POST', url: withParameters(to.url, query), headers, body }
    },
  }
}

/** The name under which the outbox knows a client. */
export const addresseeOf = (environment: string, clientId: string): string => `${environment} ${clientId}`

type Signed = Parameters<NonNullable<Plain<WebhookRules>['signature']['sign']>>[0]

async function sign(
  { signature }: Plain<WebhookRules>,
  { secret }: Receiver,
  delivery: Signed,
): Promise<HttpRequest['headers']> {
  if (!signature.sign || secret === undefined) return {}
  const { text, header } = signature.sign(delivery)
  const bytes = (of: string) => new TextEncoder().encode(of)
  const key = await crypto.subtle.importKey('raw', bytes(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes(text)))
  const [name, value] = header(Array.from(mac, (byte) => byte.toString(16).padStart(2, '0')).join(''))
  return { [name]: value }
}
