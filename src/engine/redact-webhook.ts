import type { HttpRequest } from '../vocabulary/wire.ts'
import type { WebhookAttempt, WebhookEvent } from '../world/webhook-event.ts'
import { redactSecret, redactUrl } from './redact.ts'

const redactHeaders = (headers: HttpRequest['headers']): HttpRequest['headers'] =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      value !== undefined && /signature/i.test(name) ? redactSecret(value) : value,
    ]),
  )

/** An attempt without secrets: its signature is one, and the receiver's URL may hold some. */
export const redactAttempt = (attempt: WebhookAttempt): WebhookAttempt => ({
  ...attempt,
  url: redactUrl(attempt.url),
  headers: redactHeaders(attempt.headers),
})

/** An event without secrets, for anything that shows it. */
export const redactWebhook = (event: WebhookEvent): WebhookEvent => ({
  ...event,
  attempts: event.attempts.map(redactAttempt),
})
