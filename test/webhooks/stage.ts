import { createMockOAuth, type MockOAuth, type ReceiverInput } from 'mock-oauth'
import { optional, type ProviderDefinition } from 'mock-oauth/define'
import { providers } from 'mock-oauth/providers'
import { onTestFinished } from 'vitest'
import { finexerWebhooks, mercadoPago2024Webhooks, mercadoPagoWebhooks } from './sections.ts'

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
define('finexer', finexerWebhooks)
define('mercado-pago', mercadoPagoWebhooks)
define('mercado-pago@2024', mercadoPago2024Webhooks)

/** When the world begins. */
export const start = Date.UTC(2026, 2, 1, 12)

/** A mock of one provider whose clock stands still at the start; its client has a receiver. It ends with the test. */
export async function open(provider: string, webhooks?: ReceiverInput, seed = 'webhooks'): Promise<MockOAuth> {
  const mock = await createMockOAuth({ providers: [provider], seed, ...(webhooks && { client: { webhooks } }) })
  onTestFinished(() => mock.close())
  await mock.clock.move({ set: new Date(start).toISOString(), freeze: true })
  return mock
}
