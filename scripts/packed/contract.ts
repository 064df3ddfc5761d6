import { type ClientUnderTest, catalogue, contractTests, type Env } from 'mock-oauth/contract'

export const ids: readonly string[] = catalogue.map(({ id }) => id)

const client = ({ authorizeUrl }: Env): ClientUnderTest => ({
  begin: async () => ({ url: authorizeUrl }),
  callback: async () => ({ outcome: 'rejected', code: 'no_code' }),
  call: async () => ({ result: 'needs_reauth' }),
  close: async () => {},
})
const known = { 'ar-state-present': { expect: 'broken', why: 'not yet' } } as const
contractTests(client, { provider: 'mekari', clauses: ['ar-*'], known })
// @ts-expect-error nobody plays it
contractTests(client, { provider: 'acme' })
