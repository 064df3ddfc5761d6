import { postEvent } from '../engine/announce.ts'
import { redactWebhook } from '../engine/redact-webhook.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'
import type { WebhookEvent } from '../world/webhook-event.ts'
import type { World } from '../world/world.ts'
import { findClient } from './clients.ts'
import { environmentOf } from './environments.ts'
import { findUser } from './users.ts'

/** Which events to list. */
export interface WebhookFilter {
  provider?: string
  client?: string
}

/** What to send for a test; what is left out is the only provider, its first client, its first event, the first person. */
export interface WebhookTestInput {
  provider?: string
  client?: string
  event?: string
  /** An id or e-mail address. */
  user?: string
}

/**
 * Every event that clients were told of, or would have been, without secrets, oldest first.
 * @throws {MockOAuthError} `unknown_provider`
 */
export function listWebhooks(world: World, { provider, client }: WebhookFilter = {}): readonly WebhookEvent[] {
  const environment = provider === undefined ? undefined : environmentOf(world, provider).key
  return world.outbox
    .list()
    .filter(
      (event) =>
        (environment === undefined || event.environment === environment) &&
        (client === undefined || event.clientId === client),
    )
    .map(redactWebhook)
}

/**
 * Sends a test to a client's receiver, as the provider's own button does; where it has none, an event about the person
 * who is named, of which nothing is true. It is sent once, and waited for while the answer is prompt.
 * @throws {MockOAuthError} `unknown_provider`, `unknown_client`, `unknown_user`, `no_webhooks`, `unknown_event`, `no_receiver`
 */
export async function sendTest(world: World, input: WebhookTestInput = {}): Promise<WebhookEvent> {
  const environment = environmentOf(world, input.provider)
  const { webhooks, name } = environment.rules
  if (!webhooks) throw new MockOAuthError('no_webhooks', `${name} sends no webhooks.`)
  const client = await findClient(world, input.client, environment.key)
  const user = await findUser(world, input.user)
  const known = Object.keys(webhooks.events)
  const event = input.event ?? known[0] ?? ''
  const message = Object.hasOwn(webhooks.events, event) ? webhooks.events[event] : undefined
  if (!message) {
    throw new MockOAuthError('unknown_event', `${name} has no event "${event}". It has: ${known.join(', ')}.`)
  }
  if (!client.webhooks) throw noReceiver(client.id)
  const posted = postEvent(world, environment, webhooks, {
    event,
    message: webhooks.test ?? message,
    at: world.clock.now(),
    clientId: client.id,
    client,
    user,
    scope: client.scopes.join(' '),
    test: true,
  })
  return redactWebhook((await world.outbox.expedite(posted.id)) ?? posted)
}

/**
 * Sends an event again, now, to the receiver that its client has now; joins an attempt that is under way.
 * @throws {MockOAuthError} `unknown_webhook`, `no_receiver`
 */
export async function redeliver(world: World, id: string): Promise<WebhookEvent> {
  const event = await world.outbox.redeliver(id)
  if (!event) {
    const kept = world.outbox.list()
    const range = kept.length > 0 ? `${kept[0]?.id} to ${kept.at(-1)?.id}` : 'none'
    throw new MockOAuthError('unknown_webhook', `There is no webhook "${id}". Kept: ${range}.`)
  }
  if (event.state === 'no receiver') throw noReceiver(event.clientId)
  return redactWebhook(event)
}

const noReceiver = (client: string) =>
  new MockOAuthError(
    'no_receiver',
    `The client ${client} has no receiver. Register one: PATCH /_mock/clients/${client} {"webhooks":{"url":…}}, or serve --webhook-url <url>.`,
  )
