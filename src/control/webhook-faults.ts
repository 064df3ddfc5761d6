import type { Environment } from '../vocabulary/environment.ts'
import { decidedBy, type WebhookFault, type WebhookFaultKind } from '../vocabulary/fault.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'

/**
 * Those that send webhooks, of the ones that a fault is aimed at.
 * @throws {MockOAuthError} `invalid_fault` when nobody does
 */
export function checkSenders(environments: readonly Environment[], provider: unknown): readonly Environment[] {
  const aimed = environments.filter((one) => provider === undefined || [one.key, one.provider].includes(`${provider}`))
  const senders = aimed.filter(({ rules }) => rules.webhooks)
  if (senders.length > 0) return senders
  const others = keysOf(environments.filter(({ rules }) => rules.webhooks))
  throw wrong(
    `on is "webhook", but no webhooks come from ${namesOf(aimed)}. Of what is played, these send some: ${others}.`,
  )
}

/**
 * Refuses a fault in webhook deliveries that could never strike at what is played: nobody sends any, nobody knows the
 * event, or nobody signs.
 * @throws {MockOAuthError} `invalid_fault`
 */
export function judgeWebhookFault(environments: readonly Environment[], input: WebhookFault): void {
  const { kind, provider, event } = input
  const senders = checkSenders(environments, provider)
  const known = [...new Set(senders.flatMap(({ rules }) => Object.keys(rules.webhooks?.events ?? {})))]
  if (event !== undefined && !known.includes(event)) {
    throw wrong(`No event "${event}" comes from ${namesOf(senders)}. Known: ${known.join(', ')}.`)
  }
  if (decidedBy[kind] !== 'signature' || senders.some(isSigning)) return
  const possible = (Object.keys(decidedBy) as WebhookFaultKind[]).filter((one) => decidedBy[one] !== 'signature')
  throw wrong(
    `Webhooks from ${namesOf(senders)} are not signed, so that no ${kind} is possible. Possible: ${possible.join(', ')}. Played and signing: ${keysOf(environments.filter(isSigning))}.`,
  )
}

const wrong = (message: string) => new MockOAuthError('invalid_fault', message)
const isSigning = ({ rules }: Environment) => rules.webhooks?.signature.sign !== undefined
const namesOf = (environments: readonly Environment[]) => environments.map(({ name }) => name).join(', ') || 'nobody'
const keysOf = (environments: readonly Environment[]) => environments.map(({ key }) => key).join(', ') || 'none'
