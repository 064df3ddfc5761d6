import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import type { Env } from '../../src/contract/protocol/messages.ts'
import { createMockOAuth, type MockOAuth } from '../../src/index.ts'
import { type Child, startChild } from './child.ts'

const redirectUri = 'http://localhost:8080/oauth/callback'

const ways = {
  mekari: { clientAuth: 'body', bodyFormat: 'json', pkce: false },
  'mercado-pago': { clientAuth: 'body', bodyFormat: 'form', pkce: false },
  finexer: { clientAuth: 'body', bodyFormat: 'form', pkce: false },
  mercury: { clientAuth: 'basic', bodyFormat: 'form', pkce: true },
  standard: { clientAuth: 'basic', bodyFormat: 'form', pkce: true },
} as const
type Id = keyof typeof ways

export const ids = Object.keys(ways) as readonly Id[]

/** The commands of the careful clients that are no TypeScript. The one in Go is built before the tests of a file. */
export function careful(): Readonly<Record<string, readonly string[]>> {
  const folder = mkdtempSync(join(tmpdir(), 'mock-oauth-go-'))
  const go = join(folder, 'client')
  beforeAll(() => {
    const env = { ...process.env, GO111MODULE: 'off' }
    execFileSync('go', ['build', '-o', go, '.'], { cwd: 'contracts/clients/go', env })
  }, 120_000)
  afterAll(() => rmSync(folder, { recursive: true }))
  return { Python: ['/usr/bin/python3', 'contracts/clients/python/driver.py'], Go: [go] }
}

/** A mock that listens, and a client of it, started. */
export async function clientAt(command: readonly string[], provider: Id, changes: Partial<Env> = {}) {
  const mock = await createMockOAuth({ providers: [provider], client: { redirectUris: [redirectUri] } })
  const at = (await mock.listen({ port: 0 })).provider()
  const storeDir = mkdtempSync(join(tmpdir(), 'mock-oauth-client-'))
  let client: Child | undefined
  onTestFinished(async () => {
    await client?.kill()
    await mock.close()
    rmSync(storeDir, { recursive: true })
  })
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
    requestTimeoutMs: 20_000,
    storeDir,
    logLevel: 'debug',
    ...changes,
  }
  const running = await startChild(command, env)
  client = running
  const ask: Child['ask'] = (op, asked) => (client ?? running).ask(op, asked)
  /** The callback of a login that was begun in a session. */
  async function visit(
    { session = 'alice', link = 'default' } = {},
    person: Parameters<MockOAuth['authorize']>[1] = {},
  ): Promise<string> {
    const { url } = await ask('begin', { session, link })
    return (await mock.authorize(String(url), person)).redirectTo ?? 'no callback'
  }
  return {
    ...{ mock, env, ask, visit },
    put: running.put,
    log: running.log,
    end: running.end,
    connect: async (who: Parameters<typeof visit>[0] = {}, person?: Parameters<typeof visit>[1]) =>
      ask('callback', { session: who.session ?? 'alice', url: await visit(who, person) }),
    async restart() {
      await client?.kill()
      client = await startChild(command, env)
    },
    /** Ends the access token's life at its next use, whether or not anybody said how long it is. */
    expire: () => void mock.faults.arm('api expireEarly'),
    tokenRequests: (grantType: 'authorization_code' | 'refresh_token') =>
      mock
        .requests()
        .filter(({ endpoint, request }) => endpoint === 'token' && fieldsOf(request).grant_type === grantType)
        .map(({ request, response }) => ({ fields: fieldsOf(request), status: response.status })),
  }
}

function fieldsOf({ body, headers }: { body: string; headers: Readonly<Record<string, unknown>> }) {
  const json = String(headers['content-type']).startsWith('application/json')
  return (json ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body))) as Record<string, string>
}
