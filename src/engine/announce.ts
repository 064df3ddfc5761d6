import type { Client, Grant, User } from '../store/store.ts'
import { fill, type Granted, type Shape } from '../vocabulary/answer.ts'
import type { Environment } from '../vocabulary/environment.ts'
import type { Plain } from '../vocabulary/plain.ts'
import type { WebhookMessage, WebhookMoment, WebhookRules } from '../vocabulary/webhook.ts'
import type { WebhookAct, WebhookEvent } from '../world/webhook-event.ts'
import type { World } from '../world/world.ts'
import { type Received, strikeWebhook } from './faults/webhook.ts'
import { letterOf } from './letter.ts'
import { ownOf, usersOwnOf } from './writing.ts'

/** Puts what begins or ends into the outbox, whether or not somebody receives it. A grant for nobody's account is no connection. */
export async function announce(world: World, grant: Grant, moment: WebhookMoment, at: number): Promise<void> {
  const environment = world.environments.find(({ key }) => key === grant.environment)
  const rules = environment?.rules.webhooks
  if (!rules || grant.userId === undefined) return
  const client = await world.store.findClient(grant.environment, grant.clientId)
  const user = await world.store.findUser(grant.userId)
  for (const [event, message] of Object.entries(rules.events)) {
    if (message.when !== moment) continue
    const posted = postEvent(world, environment, rules, { event, message, at, client, user, ...grantOf(grant) })
    // The call that caused it waits.
    if (posted.faults?.some(({ kind }) => kind === 'early')) await world.outbox.expedite(posted.id)
  }
}

const grantOf = ({ id, clientId, scope }: Grant) => ({ grantId: id, clientId, scope })

/** An event, and whom it concerns. */
export interface Occasion {
  readonly event: string
  readonly message: Plain<WebhookMessage>
  readonly at: number
  readonly clientId: string
  readonly client: Client | undefined
  readonly user: User | undefined
  /** Joined by spaces. */
  readonly scope: string
  readonly grantId?: string
  readonly test?: true
}

/** Writes an event and puts it into the outbox. */
export function postEvent(
  world: World,
  played: Environment,
  rules: Plain<WebhookRules>,
  occasion: Occasion,
): WebhookEvent {
  const { event, message, at, clientId, client, user, scope, grantId, test } = occasion
  const environment = played.key
  const granted: Granted = {
    now: at,
    clientId,
    scope,
    own: ownOf(world, { environment, clientId, userId: user?.id }),
    ofUser: usersOwnOf(world, { environment, userId: user?.id }),
    user,
    ownerId: client?.ownerId,
    event: { id: rules.eventId.make({ chance: world.chance.webhooks, now: at, clientId }), at },
  }
  const write = (shape: Shape = {}) => fill(shape, granted)
  const query = Object.fromEntries(Object.entries(write(message.query)).map(([name, value]) => [name, String(value)]))
  const body = JSON.stringify(write(message.body))
  const receiver = client?.webhooks
  const chosen = test || (receiver?.events ?? [event]).includes(event)
  const struck =
    receiver && chosen && world.faults.any
      ? strikeWebhook(world, { environment: played, rules, event, clientId, receiver, at })
      : undefined
  const letter = letterOf(world, rules, {
    environment,
    clientId,
    ...(receiver && { receiver }),
    query,
    body,
    ...(struck?.missigned && { missigned: struck.missigned }),
  })
  const posted = world.outbox.post(
    {
      at,
      environment,
      clientId,
      event,
      body,
      state: !receiver ? 'no receiver' : chosen ? 'pending' : 'not chosen',
      ...(grantId === undefined ? {} : { grantId }),
      ...(test ? { test } : {}),
      ...(struck && { faults: struck.faults }),
    },
    letter,
    struck?.sending,
  )
  if (struck?.replayed) postReplay(world, rules, at, struck.replayed, struck.faults)
  if (struck?.lets !== undefined) world.outbox.release(struck.lets)
  return posted
}

/** Puts a delivery that was received into the outbox once more, as it was. */
function postReplay(
  world: World,
  rules: Plain<WebhookRules>,
  at: number,
  { event: { id, environment, clientId, event, body }, attempt: { url, headers } }: Received,
  faults: readonly WebhookAct[],
): void {
  const data = { environment, clientId, query: {}, body, asBefore: { url, headers } }
  const posted = { at, environment, clientId, event, body, state: 'pending', replays: id } as const
  world.outbox.post({ ...posted, faults: faults.filter(({ kind }) => kind === 'replay') }, letterOf(world, rules, data))
}
