import { type GradedShape, leaf } from './answer.ts'
import type { Milliseconds } from './duration.ts'
import type { Graded } from './evidence.ts'
import type { Format } from './format.ts'
import type { Received, Retries } from './webhook-delivery.ts'
import type { SignatureScheme } from './webhook-signature.ts'

/** What a provider tells the receiver that a client registered. */
export interface WebhookRules {
  /** By the name under which a client chooses them. */
  events: Record<string, Graded<WebhookEventRules>>
  /** The id of each event. */
  eventId: Graded<Format>
  /** The secret that the signature is made with. */
  secret: Graded<Format>
  /** The header that carries a fresh UUID with each attempt. */
  requestIdHeader?: Graded<string>
  signature: Graded<SignatureScheme>
  received: Graded<Received>
  /** How long an answer is waited for. */
  answerWithin: Graded<Milliseconds>
  /** The same for every attempt after the first, where it differs. */
  retryAnswerWithin?: Graded<Milliseconds>
  retries: Graded<Retries>
  /** So many attempts without success in a row stop all deliveries to the client, until it registers its receiver anew. */
  pausedAfter?: Graded<number>
  /** What the provider's own button for a test sends. */
  test?: Graded<WebhookMessage>
}

/** The moments that are told of: a person connects an account, or the connection ends, whoever ends it. */
export type WebhookMoment = 'connected' | 'disconnected'

/** What a request to a receiver carries. */
export interface WebhookMessage {
  /** Added to the receiver's URL, in order. */
  query?: Graded<GradedShape>
  body: Graded<GradedShape>
}

/** One kind of event. */
export interface WebhookEventRules extends WebhookMessage {
  when: Graded<WebhookMoment>
}

/** The event's id, as a string. */
export const theEventId = leaf("the event's id", (g) => g.event?.id)
/** The event's id, as a JSON number. */
export const theEventNumber = leaf("the event's id, as a number", (g) => g.event && Number(g.event.id))
/** When it happened: ISO 8601, UTC, to the millisecond. */
export const theEventTime = leaf("the event's time, ISO 8601", (g) => g.event && new Date(g.event.at).toISOString())
/** When it happened: ISO 8601, UTC, to the second. */
export const theEventSecond = leaf(
  "the event's time, ISO 8601 to the second",
  (g) => g.event && new Date(g.event.at).toISOString().replace(/\.\d+/, ''),
)
