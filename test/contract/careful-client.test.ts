import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMockOAuth } from 'mock-oauth'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createClient } from '../../contracts/clients/typescript/client.ts'
import type { Env } from '../../src/contract.ts'

const ways: Record<string, Pick<Env, 'clientAuth' | 'bodyFormat' | 'pkce'>> = {
  mekari: { clientAuth: 'body', bodyFormat: 'json', pkce: false },
  'mercado-pago': { clientAuth: 'secretOnly', bodyFormat: 'form', pkce: false },
  finexer: { clientAuth: 'body', bodyFormat: 'form', pkce: false },
  mercury: { clientAuth: 'basic', bodyFormat: 'form', pkce: true },
  standard: { clientAuth: 'basic', bodyFormat: 'form', pkce: true },
}

/** A mock of a provider, and a client of it. */
async function play(provider: string, changes: Partial<Env> = {}) {
  const mock = await createMockOAuth({ providers: [provider], seed: 'careful' })
  const { provider: played } = await mock.listen({ port: 0 })
  const storeDir = mkdtempSync(join(tmpdir(), 'careful-client-'))
  onTestFinished(async () => {
    await mock.close()
    rmSync(storeDir, { recursive: true })
  })
  const { clientSecret = '', redirectUris, ...facts } = played(provider)
  const env: Env = {
    ...facts,
    provider,
    clientSecret,
    redirectUri: redirectUris[0] ?? '',
    ...(ways[provider] as (typeof ways)['mekari'] & object),
    requestTimeoutMs: 2_000,
    storeDir,
    logLevel: 'debug',
    ...changes,
  }
  const output: string[] = []
  const log = (line: string) => void output.push(line)
  const made = createClient(env, log)
  return {
    ...{ mock, env, output },
    client: {
      ...made,
      call: (asked: Parameters<typeof made.call>[0] = {}) => made.call(asked, new AbortController().signal),
    },
    start: () => createClient(env, log),
    async connect(session = 'browser', link?: string) {
      const { url } = await made.begin({ session, ...(link !== undefined && { link }) })
      const { redirectTo: back = '' } = await mock.authorize(url)
      return made.callback({ session, url: back })
    },
  }
}

describe.each(Object.keys(ways))('at %s', (provider) => {
  it('connects, calls, and goes on when the access token is over', async () => {
    const { mock, client, connect } = await play(provider)
    expect(await connect()).toMatchObject({ outcome: 'connected', http: { status: 303 } })
    expect(await client.call()).toEqual({ result: 'ok', status: 200 })
    for (let round = 0; round < 3; round++) {
      mock.faults.arm('api expireEarly')
      expect(await client.call()).toEqual({ result: 'ok', status: 200 })
    }
    expect(mock.requests({ endpoint: 'token' }).map(({ response }) => response.status)).toEqual([200, 200, 200, 200])
  })
})
