import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { Env } from '../../src/contract/protocol/messages.ts'
import { createMockOAuth, type MockOAuth } from '../../src/index.ts'
import { startChild } from '../contract/child.ts'

const built = mkdtempSync(join(tmpdir(), 'mock-oauth-go-'))
const go = join(built, 'client')
const python = ['/usr/bin/python3', '-B', 'contracts/clients/python/driver.py']
const clients = { python, go: [go] }

beforeAll(() => {
  const env = { ...process.env, GO111MODULE: 'off' }
  execFileSync('go', ['build', '-o', go, '.'], { cwd: 'contracts/clients/go', env })
}, 120_000)
afterAll(() => rmSync(built, { recursive: true }))

const ways = {
  mekari: { clientAuth: 'body', bodyFormat: 'json', pkce: false },
  'mercado-pago': { clientAuth: 'body', bodyFormat: 'form', pkce: false },
  finexer: { clientAuth: 'body', bodyFormat: 'form', pkce: false },
  mercury: { clientAuth: 'basic', bodyFormat: 'form', pkce: true },
  standard: { clientAuth: 'basic', bodyFormat: 'form', pkce: true },
} as const
type Id = keyof typeof ways
const ids = Object.keys(ways) as Id[]

const redirectUri = 'http://localhost:8080/oauth/callback'

/** A mock that listens, and one client of it. */
async function played(command: readonly string[], provider: Id, changes: Partial<Env> = {}) {
  const mock = await createMockOAuth({ providers: [provider], client: { redirectUris: [redirectUri] } })
  const at = (await mock.listen({ port: 0 })).provider()
  const storeDir = mkdtempSync(join(tmpdir(), 'mock-oauth-client-'))
  const env: Env = {
    provider,
    authorizeUrl: provider === 'mercado-pago' ? `${at.authorizeUrl}?platform_id=mp` : at.authorizeUrl,
    tokenUrl: at.tokenUrl,
    ...(at.revokeUrl && { revokeUrl: at.revokeUrl }),
    apiUrl: at.apiUrl,
    ...(provider === 'standard' && at.issuer && { issuer: at.issuer }),
    clientId: at.clientId,
    clientSecret: at.clientSecret ?? '',
    redirectUri,
    scopes: at.scopes,
    ...ways[provider],
    requestTimeoutMs: 2_000,
    storeDir,
    logLevel: 'debug',
    ...changes,
  }
  const start = () => startChild(command, env)
  let client = await start()
  onTestFinished(async () => {
    await client.kill()
    await mock.close()
    rmSync(storeDir, { recursive: true })
  })
  const ask: typeof client.ask = (op, asked) => client.ask(op, asked)
  const visit = async (session = 'alice', link?: string, decision: 'approve' | 'deny' = 'approve') => {
    const { url } = await ask('begin', { session, ...(link && { link }) })
    return (await mock.authorize(String(url), { decision })).redirectTo ?? 'no callback'
  }
  return {
    ...{ mock, env, ask, visit },
    client: () => client,
    connect: async (session = 'alice', link?: string) => ask('callback', { session, url: await visit(session, link) }),
    calls: (count: number) => Promise.all(Array.from({ length: count }, () => ask('call'))),
    async restart() {
      await client.kill()
      client = await start()
    },
    /** Ends the access token's life, whether or not anybody said how long it is. */
    expire: () => void mock.faults.arm('api expireEarly'),
  }
}

const sent = (mock: MockOAuth, grant: string) =>
  mock.requests().filter(({ endpoint, request }) => endpoint === 'token' && request.body.includes(grant))
const exchanges = (mock: MockOAuth) => sent(mock, 'authorization_code')
const refreshes = (mock: MockOAuth) => sent(mock, '"refresh_token"').concat(sent(mock, 'grant_type=refresh_token'))
const ok = { result: 'ok', status: 200 }

describe.each(Object.entries(clients))('the careful client in %s', (_, command) => {
  describe.each(ids)('at %s', (provider) => {
    it('signs in, calls, and refreshes with the newest token each time', async () => {
      const { mock, connect, ask, expire } = await played(command, provider)
      expect(await connect()).toEqual({ outcome: 'connected' })
      expect(await ask('call')).toEqual(ok)
      for (let round = 0; round < 3; round++) {
        expire()
        expect(await ask('call')).toEqual(ok)
      }
      expect(refreshes(mock).map(({ response }) => response.status)).toEqual([200, 200, 200])
      expect(await ask('status')).toMatchObject({ state: 'connected' })
    })

    it('refreshes once for five calls', async () => {
      const { mock, connect, calls, expire } = await played(command, provider)
      await connect()
      mock.faults.arm('api hold count=5')
      expire()
      expect(await calls(5)).toEqual([ok, ok, ok, ok, ok])
      expect(refreshes(mock)).toHaveLength(1)
    })

    it('goes on after SIGKILL, between begin and callback and after the login', async () => {
      const { connect, visit, ask, restart, expire } = await played(command, provider)
      const url = await visit()
      await restart()
      expect(await ask('callback', { session: 'alice', url })).toEqual({ outcome: 'connected' })
      await restart()
      expire()
      expect(await ask('call')).toEqual(ok)
      await restart()
      expect(await ask('call')).toEqual(ok)
      expect(await connect()).toEqual({ outcome: 'connected' })
    })

    it('needs a new login once a lost reply has used up the refresh token, or goes on', async () => {
      const { mock, connect, ask, expire } = await played(command, provider)
      await connect()
      expire()
      mock.faults.arm('token:refresh_token drop after')
      expect(await ask('call')).toMatchObject({ result: 'transient' })
      const { result } = await ask('call')
      expect(result).toBe(refreshes(mock).at(-1)?.response.status === 200 ? 'ok' : 'needs_reauth')
      expect(refreshes(mock)).toHaveLength(2)
      await ask('call')
      expect(refreshes(mock)).toHaveLength(2)
      expect(await connect()).toEqual({ outcome: 'connected' })
      expect(await ask('call')).toEqual(ok)
    })

    it('is told no, and refuses a foreign state, without a token request', async () => {
      const { mock, visit, connect, ask } = await played(command, provider)
      const denied = await visit('alice', undefined, 'deny')
      expect(await ask('callback', { session: 'alice', url: denied })).toMatchObject({ outcome: 'denied' })
      const url = new URL(await visit())
      expect(await ask('callback', { session: 'mallory', url: url.href })).toMatchObject({ outcome: 'rejected' })
      url.searchParams.set('state', 'another')
      expect(await ask('callback', { session: 'alice', url: url.href })).toMatchObject({ outcome: 'rejected' })
      expect(exchanges(mock)).toHaveLength(0)
      expect(await connect()).toEqual({ outcome: 'connected' })
    })
  })
})
