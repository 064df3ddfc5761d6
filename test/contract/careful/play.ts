import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMockOAuth, type MockOAuthOptions, type PersonInput } from 'mock-oauth'
import type { Asked, Env } from 'mock-oauth/contract'
import { expect, onTestFinished } from 'vitest'
import { createClient } from '../../../contracts/clients/typescript/client.ts'

const ways: Readonly<Record<string, Pick<Env, 'clientAuth' | 'bodyFormat' | 'pkce'>>> = {
  mekari: { clientAuth: 'body', bodyFormat: 'json', pkce: false },
  'mercado-pago': { clientAuth: 'secretOnly', bodyFormat: 'form', pkce: false },
  finexer: { clientAuth: 'body', bodyFormat: 'form', pkce: false },
  mercury: { clientAuth: 'basic', bodyFormat: 'form', pkce: true },
  standard: { clientAuth: 'basic', bodyFormat: 'form', pkce: true },
}

/** Every provider that the client knows. */
export const everywhere = Object.keys(ways)

/** A mock of a provider, and what a client of it is told. */
export async function open(provider: string, options: MockOAuthOptions = {}) {
  const mock = await createMockOAuth({ providers: [provider], seed: 'careful', ...options })
  const listening = await mock.listen({ port: 0 })
  const storeDir = mkdtempSync(join(tmpdir(), 'careful-client-'))
  onTestFinished(async () => {
    await mock.close()
    rmSync(storeDir, { recursive: true })
  })
  const { clientSecret = '', redirectUris, ...facts } = listening.provider(provider)
  const redirectUri = redirectUris[0] ?? ''
  const way = ways[provider] ?? { clientAuth: 'body', bodyFormat: 'form', pkce: false }
  // Whoever makes a signing key on two busy cores needs some time.
  const rest = { requestTimeoutMs: 5_000, storeDir, logLevel: 'debug' } as const
  const env: Env = { ...facts, provider, clientSecret, redirectUri, ...way, ...rest }
  return { mock, env, count: (endpoint: 'token' | 'api' | 'revoke') => mock.requests({ endpoint }).length }
}

/** The same, with a client in this process. */
export async function play(provider: string, options: MockOAuthOptions = {}) {
  const stage = await open(provider, options)
  const output: string[] = []
  const start = () => {
    const client = createClient(stage.env, (line) => void output.push(line))
    const visit = async (url: string, person?: PersonInput) =>
      (await stage.mock.authorize(url, person)).redirectTo ?? ''
    return {
      ...client,
      call: (asked: Asked['call'] = {}, signal = new AbortController().signal) => client.call(asked, signal),
      visit,
      async connect(link = 'default', person?: PersonInput) {
        const { url } = await client.begin({ session: 'browser', link })
        return client.callback({ session: 'browser', url: await visit(url, person) })
      },
      async connected(link?: string) {
        expect(await this.connect(link)).toMatchObject({ outcome: 'connected' })
      },
      /** Both clocks. */
      async move(seconds: number) {
        await stage.mock.clock.advance(`${seconds}s`)
        await client.advance?.({ seconds })
      },
    }
  }
  return { ...stage, output, start, client: start() }
}
