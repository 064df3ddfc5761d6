import { createMockOAuth, type MockOAuth, type ReceiverInput } from 'mock-oauth'
import { optional, type ProviderDefinition } from 'mock-oauth/define'
import { providers } from 'mock-oauth/providers'
import { onTestFinished } from 'vitest'
import { webhooks as mercadoPago, webhooks2024 } from '../../src/providers/mercado-pago/webhooks.ts'

const { mekari } = providers as Record<string, ProviderDefinition>
const base = { ...(mekari as ProviderDefinition) }
delete base.environments
const define = (id: string, webhooks: NonNullable<ProviderDefinition['webhooks']>) => {
  const { authorize } = base
  ;(providers as Record<string, ProviderDefinition>)[id] = {
    ...base,
    id,
    authorize: { ...authorize, parameters: { ...authorize.parameters, scope: optional } },
    webhooks,
  }
}
define('mercado-pago', mercadoPago)
define('mercado-pago@2024', webhooks2024)

/** When the world begins. */
export const start = Date.UTC(2026, 2, 1, 12)

/** A mock of one provider whose clock stands still at the start; its client has a receiver. It ends with the test. */
export async function open(provider: string, webhooks?: ReceiverInput, seed = 'webhooks'): Promise<MockOAuth> {
  const mock = await createMockOAuth({ providers: [provider], seed, ...(webhooks && { client: { webhooks } }) })
  onTestFinished(() => mock.close())
  await mock.clock.move({ set: new Date(start).toISOString(), freeze: true })
  return mock
}
