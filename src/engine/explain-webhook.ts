import type { WebhookFaultKind } from '../vocabulary/fault.ts'
import type { WebhookAct, WebhookEvent } from '../world/webhook-event.ts'
import { webhookFaultAdvice } from './explanations/faults.ts'

/** What was done on purpose to the delivery of an event, and what a receiver does about it. No secret in it. */
export interface WebhookExplanation extends Pick<WebhookEvent, 'id' | 'environment' | 'clientId' | 'event' | 'state'> {
  readonly faults: readonly (WebhookAct & { readonly fix: string })[]
}

/** Explains the delivery of an event. */
export const explainWebhook = ({
  id,
  environment,
  clientId,
  event,
  state,
  faults = [],
}: WebhookEvent): WebhookExplanation => ({
  id,
  environment,
  clientId,
  event,
  state,
  faults: faults.map((act) => ({ ...act, fix: webhookFaultAdvice[act.kind as WebhookFaultKind] })),
})
