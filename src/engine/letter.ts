import type { Receiver } from '../store/store.ts'
import { uuid } from '../vocabulary/format.ts'
import type { Plain } from '../vocabulary/plain.ts'
import type { WebhookRules } from '../vocabulary/webhook.ts'
import type { HttpRequest } from '../vocabulary/wire.ts'
import type { Letter, LetterData, Missigned } from '../world/webhook-event.ts'
import type { World } from '../world/world.ts'
import { withParameters } from './answers.ts'

/** How an event is delivered: to the receiver that the client has at the time of the attempt, signed anew each time. */
export function letterOf(world: World, rules: Plain<WebhookRules>, data: LetterData): Letter {
  const { environment, clientId, receiver, query, body, asBefore } = data
  return {
    data,
    addressee: addresseeOf(environment, clientId),
    counts: rules.received.counts,
    limit: (attempt) => (attempt === 'retry' && rules.retryAnswerWithin) || rules.answerWithin,
    retries: rules.retries.after,
    pausedAfter: rules.pausedAfter,
    async write(at) {
      if (asBefore) return { method: 'POST', ...asBefore, body }
      const client = await world.store.findClient(environment, clientId)
      const to = client ? client.webhooks : receiver
      if (!to) return undefined
      const requestId = rules.requestIdHeader && uuid.make({ chance: world.chance.webhooks, now: at })
      const headers = {
        'content-type': 'application/json',
        'user-agent': 'mock-oauth',
        ...(rules.requestIdHeader && { [rules.requestIdHeader]: requestId }),
        ...(await sign(rules, to, { at, requestId, query, body }, data.missigned)),
      }
      return { method: 'POST', url: withParameters(to.url, query), headers, body }
    },
  }
}

/** The letter again, from what it was made from; nothing when its environment sends no webhooks, or is not played. */
export function reviveLetter(world: World, data: LetterData): Letter | undefined {
  const rules = world.environments.find(({ key }) => key === data.environment)?.rules.webhooks
  return rules && letterOf(world, rules, data)
}

/** The name under which the outbox knows a client. */
export const addresseeOf = (environment: string, clientId: string): string => `${environment} ${clientId}`

type Signed = Parameters<NonNullable<Plain<WebhookRules>['signature']['sign']>>[0]

async function sign(
  { signature }: Plain<WebhookRules>,
  { secret }: Receiver,
  delivery: Signed,
  missigned?: Missigned,
): Promise<HttpRequest['headers']> {
  if (!signature.sign || secret === undefined || missigned === 'none') return {}
  const { text, header } = signature.sign(delivery)
  const bytes = (of: string) => new TextEncoder().encode(of)
  const key = await crypto.subtle.importKey(
    'raw',
    bytes(typeof missigned === 'object' ? missigned.secret : secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  )
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes(text)))
  if (missigned === 'wrong') mac[mac.length - 1] = (mac.at(-1) ?? 0) ^ 1
  const [name, value] = header(Array.from(mac, (byte) => byte.toString(16).padStart(2, '0')).join(''))
  return { [name]: value }
}
