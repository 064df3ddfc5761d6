import type { ClientInput } from 'mock-oauth'
import {
  alphanumeric,
  any2xx,
  days,
  hours,
  minutes,
  type ProviderDefinition,
  retriesAfter,
  retriesEvery,
  seconds,
  signedBody,
  signedManifest,
  statuses,
  theClientId,
  theEventId,
  theEventTime,
  theScope,
  theUserId,
} from 'mock-oauth/define'
import { providers } from 'mock-oauth/providers'
import { onTestFinished } from 'vitest'
import { findClient, registerClient, removeClient, updateClient } from '../../src/control/clients.ts'
import { listGrants, revokeGrant } from '../../src/control/grants.ts'
import { moveClock } from '../../src/control/time.ts'
import { mintTokens } from '../../src/control/tokens.ts'
import { listUsers, removeUser } from '../../src/control/users.ts'
import { listWebhooks, redeliver, sendTest } from '../../src/control/webhooks.ts'
import { outside } from '../../src/server/outside.ts'
import { environmentsOf } from '../../src/vocabulary/environment.ts'
import { createWorld } from '../../src/world/world.ts'

const { mekari } = providers as Record<string, ProviderDefinition>
const base = { ...(mekari as ProviderDefinition) }
delete base.environments

const finexer: ProviderDefinition = {
  ...base,
  id: 'acme',
  webhooks: {
    events: {
      'oauth.authorization.revoked': {
        when: 'disconnected',
        body: {
          id: theEventId,
          object: 'event',
          type: 'oauth.authorization.revoked',
          data: {
            object: {
              object: 'authorization',
              account_id: theUserId,
              app_id: theClientId,
              scope: theScope,
              revoked_at: theEventTime,
            },
          },
        },
      },
    },
    eventId: alphanumeric(8),
    secret: alphanumeric(32),
    signature: signedBody('fx-signature'),
    received: any2xx,
    answerWithin: seconds(10),
    retries: retriesEvery(seconds(3), 9),
    pausedAfter: 10,
  },
}
const message = (action: string) => ({
  query: { 'data.id': theUserId, type: 'mp-connect' },
  body: { action, data: { id: theUserId }, id: theEventId },
})
const mercadoPago: ProviderDefinition = {
  ...base,
  id: 'acme',
  webhooks: {
    events: {
      'application.authorized': { when: 'connected', ...message('application.authorized') },
      'application.deauthorized': { when: 'disconnected', ...message('application.deauthorized') },
    },
    eventId: alphanumeric(8),
    secret: alphanumeric(32),
    signature: signedManifest('x-signature', 'seconds'),
    requestIdHeader: 'x-request-id',
    received: statuses(200, 201),
    answerWithin: seconds(22),
    retryAnswerWithin: seconds(5),
    retries: retriesAfter(minutes(5), minutes(45), hours(6), days(2), days(4)),
  },
}

/** A definition of the test's own, until the real ones are there. */
export async function open(which: 'finexer' | 'mercado-pago@2024', webhooks?: ClientInput['webhooks']) {
  const environments = environmentsOf(which === 'finexer' ? finexer : mercadoPago)
  const world = await createWorld({ environments, seed: 'x', realTime: Date.now, outside })
  onTestFinished(() => world.outbox.close())
  await moveClock(world, { set: '2026-03-01T12:00:00Z', freeze: true })
  const client = await findClient(world, undefined, 'acme')
  if (webhooks) await updateClient(world, client.id, { webhooks })
  return {
    client: () => findClient(world, client.id),
    clients: {
      register: (input: ClientInput) => registerClient(world, input),
      change: (id: string, input: ClientInput) => updateClient(world, id, input),
      remove: (id: string) => removeClient(world, id),
    },
    users: { list: () => listUsers(world), remove: (id: string) => removeUser(world, id) },
    grants: { list: () => listGrants(world), revoke: (id: string) => revokeGrant(world, id, 'user') },
    clock: { advance: (by: string) => moveClock(world, { advance: by }) },
    mint: (input = {}) => mintTokens(world, input),
    reset: () => world.reset(),
    webhooks: {
      list: () => listWebhooks(world),
      test: (input = {}) => sendTest(world, input),
      redeliver: (id: string) => redeliver(world, id),
      settled: () => world.outbox.settled(),
    },
  }
}
