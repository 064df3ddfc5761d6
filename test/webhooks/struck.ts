import type { Fault } from 'mock-oauth'
import { receive } from './receiver.ts'
import { open } from './stage.ts'

type WebhookFault = Extract<Fault, { on: 'webhook' }>
/** What may be said of a fault in webhooks, besides its place. */
export type Said = WebhookFault extends infer One ? (One extends unknown ? Omit<One, 'on'> : never) : never

/** A mock with a receiver and faults, and the way to make something happen that one webhook tells of. */
export async function stage(provider: string, ...faults: readonly Said[]) {
  const receiver = await receive('/hooks?from=mock')
  const mock = await open(provider, { url: receiver.url, secret: 'a secret' })
  for (const fault of faults) mock.faults.arm({ on: 'webhook', ...fault } as Fault)
  return {
    receiver,
    mock,
    /** A person connects; where that is not told, the connection ends. */
    async happen(): Promise<void> {
      const { grant } = await mock.mint()
      if (provider === 'finexer') await mock.grants.revoke(grant.id)
    },
    /** How often each fault has struck. */
    fired: () => mock.faults.list().map(({ fired }) => fired),
  }
}
