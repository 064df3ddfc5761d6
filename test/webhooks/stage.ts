import { createMockOAuth, type MockOAuth, type ReceiverInput } from 'mock-oauth'
import { onTestFinished } from 'vitest'

/** When the world begins. */
export const start = Date.UTC(2026, 2, 1, 12)

/** A mock of one provider whose clock stands still at the start; its client has a receiver. It ends with the test. */
export async function open(provider: string, webhooks?: ReceiverInput, seed = 'webhooks'): Promise<MockOAuth> {
  const mock = await createMockOAuth({ providers: [provider], seed, ...(webhooks && { client: { webhooks } }) })
  onTestFinished(() => mock.close())
  await mock.clock.move({ set: new Date(start).toISOString(), freeze: true })
  return mock
}
