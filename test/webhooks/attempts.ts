import type { WebhookEvent } from 'mock-oauth'
import type { Received } from './receiver.ts'
import { start } from './stage.ts'

/** What became of each event. */
export const states = (events: readonly WebhookEvent[]) => events.map(({ state }) => state)

/** When each attempt was made, in seconds since the start, and how it ended. */
export const attemptsOf = (event: WebhookEvent | undefined) =>
  event?.attempts.map(({ at, status, failure }) => [(at - start) / 1000, status ?? failure])

/** What each delivery told. */
export const actionsOf = (received: readonly Received[]) => received.map(({ body }) => JSON.parse(body).action)
