import { explainDelivery, listWebhooks, redeliver, sendTest, type WebhookTestInput } from '../control/webhooks.ts'
import type { ControlRoute } from './control-route.ts'
import { client, object, said, text, user } from './schema.ts'

/** What clients are told of their grants. */
export const webhookRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/webhooks',
    summary: 'Every event that clients are told of, with its attempts and without secrets, oldest first',
    query: object({ provider: text, client: text }),
    answer: (world, { query }) => listWebhooks(world, query),
  },
  {
    method: 'POST',
    path: '/webhooks/test',
    summary: "Sends a test to a client's receiver, as the provider's own button does",
    body: object({ provider: text, client, event: said(text, "default: the provider's first"), user }),
    status: 201,
    answer: (world, { body }) => sendTest(world, body as WebhookTestInput),
  },
  {
    method: 'POST',
    path: '/webhooks/:id/redeliver',
    summary: 'Sends an event again, now',
    answer: (world, { id }) => redeliver(world, id),
  },
  {
    method: 'GET',
    path: '/webhooks/:id/explain',
    summary: 'What was done on purpose to a delivery, and what a receiver does about it',
    answer: (world, { id }) => explainDelivery(world, id),
  },
]
