import type { Receiver } from '../../store/store.ts'
import { duration, inWords } from '../../vocabulary/duration.ts'
import type { Environment } from '../../vocabulary/environment.ts'
import { decidedBy, usualGroup, type WebhookFaultKind, type WebhookMisbehaviours } from '../../vocabulary/fault.ts'
import type { Plain } from '../../vocabulary/plain.ts'
import type { WebhookRules } from '../../vocabulary/webhook.ts'
import type { ArmedFault } from '../../world/faults.ts'
import type { Missigned, Sending, WebhookAct, WebhookAttempt, WebhookEvent } from '../../world/webhook-event.ts'
import type { World } from '../../world/world.ts'
import { redactSecret } from '../redact.ts'

/** The delivery of an event that is about to be posted. */
export interface ToDeliver {
  readonly environment: Environment
  readonly rules: Plain<WebhookRules>
  readonly event: string
  readonly clientId: string
  readonly receiver: Receiver
  /** World time, in milliseconds. */
  readonly at: number
}

/** What is done to a delivery on purpose, all of it together. */
export interface WebhookStruck {
  readonly faults: readonly WebhookAct[]
  readonly sending: Sending
  readonly missigned?: Missigned
  /** What was received before, and comes once more beside it. */
  readonly replayed?: Received
  /** The fault that has held back as many as it holds, with this one. */
  readonly lets?: string
}

/** A delivery that was received. */
export interface Received {
  readonly event: WebhookEvent
  readonly attempt: WebhookAttempt
}

type Effect = Omit<WebhookStruck, 'faults' | 'sending'> & { readonly words: string; readonly sending?: Sending }

/** What an effect is made from, besides what the fault says. */
interface Of {
  readonly world: World
  readonly armed: ArmedFault
  readonly delivery: ToDeliver
  readonly before: Received | undefined
}

type Strike<Said> = (said: Said, of: Of) => Effect

/** What each kind of fault does to a delivery. */
const strikes: { readonly [Kind in WebhookFaultKind]: Strike<WebhookMisbehaviours[Kind]> } = {
  drop: () => ({ words: 'never sent', sending: { dropped: true } }),
  delay: ({ by }) => ({ words: `sent ${inWords(duration(by))} later`, sending: { delay: duration(by) } }),
  duplicate: ({ copies = 2 }) => ({ words: `sent ${copies} times`, sending: { copies: copies - 1 } }),
  reorder: ({ count = usualGroup }, { armed: { id, fired } }) => ({
    words: `held back until there are ${count}, then newest first`,
    sending: { heldBy: id },
    ...(fired % count === 0 && { lets: id }),
  }),
  early: () => ({ words: 'sent before the answer of the call that caused it' }),
  wrongSignature: () => ({ words: 'the last digit of the signature is another', missigned: 'wrong' }),
  noSignature: () => ({ words: 'not signed', missigned: 'none' }),
  replay: (_, { before }) => ({
    words: `${before?.event.id} comes once more beside it, as it was`,
    ...(before && { replayed: before }),
  }),
  newSecret({ secret }, { world, armed: { id }, delivery: { rules, clientId, at } }) {
    // The same one for each delivery that the fault strikes.
    const chance = world.chance.faults.fork(`secret of ${id}`)
    const made = secret ?? rules.secret.make({ chance, now: at, clientId })
    return { words: `signed with the secret ${redactSecret(made)}`, missigned: { secret: made } }
  },
}

/** Lets what was armed strike a delivery, before it is posted. */
export function strikeWebhook(world: World, delivery: ToDeliver): WebhookStruck | undefined {
  const { environment, event, clientId, at } = delivery
  const before = lastReceived(world, delivery)
  const call = {
    environment: environment.key,
    provider: environment.provider,
    endpoint: 'webhook',
    clientId,
    event,
    spared: sparedIn(delivery, before),
  }
  const striking = world.faults.strike(call, at)
  if (striking.length === 0) return undefined
  const effects = striking.map((armed) => {
    const strike = strikes[armed.fault.kind as WebhookFaultKind] as Strike<unknown>
    return { armed, effect: strike(armed.fault, { world, armed, delivery, before }) }
  })
  const acts = effects.map(({ armed: { id, fault }, effect: { words } }) => ({
    id,
    kind: fault.kind,
    words,
    ...(fault.cites && { cites: fault.cites }),
  }))
  const { words: _, ...together }: Effect = Object.assign({}, ...effects.map(({ effect }) => effect))
  const sending: Sending = Object.assign({}, ...effects.map(({ effect }) => effect.sending))
  return { ...together, faults: acts, sending }
}

/** The kinds that have nothing to strike: no signature, or nothing that was received before. */
function sparedIn({ rules, receiver }: ToDeliver, before: Received | undefined): readonly WebhookFaultKind[] {
  const isSigned = rules.signature.sign !== undefined && receiver.secret !== undefined
  const kinds = Object.keys(decidedBy) as WebhookFaultKind[]
  return kinds.filter((kind) => (kind === 'replay' && !before) || (decidedBy[kind] === 'signature' && !isSigned))
}

/** The last true delivery to a client that was received. */
function lastReceived({ outbox }: World, { environment, rules, clientId }: ToDeliver): Received | undefined {
  const isReceived = ({ status }: WebhookAttempt) => status !== undefined && rules.received.counts(status)
  const events = outbox.list().filter((one) => one.environment === environment.key && one.clientId === clientId)
  const event = events.findLast((one) => !one.test && one.replays === undefined && one.attempts.some(isReceived))
  const attempt = event?.attempts.findLast(isReceived)
  return event && attempt && { event, attempt }
}
