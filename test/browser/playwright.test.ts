import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createMockOAuth } from 'mock-oauth'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { environment, root, runProgram, serve } from '../cli/command.ts'
import { failures, play, project } from './playwright/play.ts'

// Browsers are started, and a worker for each.
vi.setConfig({ testTimeout: 240_000 })

async function listening(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return String((server.address() as AddressInfo).port)
}

/** A port that is free for now. */
async function freePort(): Promise<string> {
  const server = createServer()
  const port = await listening(server)
  server.close()
  await once(server, 'close')
  return port
}

/** Answers nobody at a path before two have come there. */
async function meetingPoint(): Promise<string> {
  const waiting = new Map<string, ServerResponse>()
  const server = createServer(({ url = '' }, response) => {
    const other = waiting.get(url)
    if (!other) return void waiting.set(url, response)
    for (const one of [other, response]) one.end()
  })
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${await listening(server)}`
}

/** The application of the example, beside a mock. */
async function application(mock: string, client: { id: string; secret: string }, port: string): Promise<string> {
  const app = spawn(process.execPath, [`${root}examples/playwright/app.js`], {
    env: environment({
      PORT: port,
      MEKARI_AUTHORIZE_URL: `${mock}/mekari/auth`,
      MEKARI_TOKEN_URL: `${mock}/mekari/auth/oauth2/token`,
      MEKARI_API_URL: `${mock}/mekari/v1/me`,
      MEKARI_CLIENT_ID: client.id,
      MEKARI_CLIENT_SECRET: client.secret,
    }),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(async () => {
    app.kill()
    await once(app, 'close')
  })
  await once(app.stdout, 'data')
  return `http://127.0.0.1:${port}`
}

describe("the provider's pages, by mock-oauth/playwright", () => {
  it('are walked at every provider and in both languages', async () => {
    const providers = ['mekari', 'finexer', 'mercado-pago@2024', 'mercury', 'standard']
    const { tests, errors } = await project('pages', { providers })
    expect({ failures: failures(tests), errors }).toEqual({ failures: [], errors: '' })
    expect(tests).toHaveLength(12)
  })
})

describe('the example of an application', () => {
  it('passes in two workers with one mock and one application', async () => {
    const ports = { MOCK_PORT: await freePort(), APP_PORT: await freePort() }
    const { tests, errors, code } = await play('examples/playwright', [], ports)
    expect({ failures: failures(tests), errors, code }).toEqual({ failures: [], errors: '', code: 0 })
    expect(tests).toHaveLength(5)
    expect(new Set(tests.map(({ worker }) => worker))).toEqual(new Set([0, 1]))
  })

  it('has types that hold', async () => {
    const tsc = [`${root}node_modules/typescript/bin/tsc`, '-p', 'examples/playwright']
    expect(await runProgram(process.execPath, tsc)).toEqual({ code: 0, stdout: '', stderr: '' })
  })
})

describe('two workers that use one application at the same time', () => {
  it('are each in a world of their own, which the application does not know of', async () => {
    const client = { id: 'payroll', secret: 'made up for these tests' }
    const port = await freePort()
    const redirectUris = [`http://127.0.0.1:${port}/callback`]
    const mock = await createMockOAuth({ providers: ['mekari'], client: { ...client, redirectUris } })
    onTestFinished(() => mock.close())
    const { url } = await mock.listen({ port: 0 })
    const variables = {
      APP_URL: await application(url, client, port),
      MEETING_URL: await meetingPoint(),
      SERVER_URL: url,
    }
    const { tests, errors } = await project('side-by-side', { url }, ['--workers=2', '--fully-parallel'], variables)
    expect({ failures: failures(tests), errors }).toEqual({ failures: [], errors: '' })
    expect(new Set(tests.map(({ worker }) => worker))).toEqual(new Set([0, 1]))
    // Gone with their workers.
    expect(mock.worlds.list().map(({ name }) => name)).toEqual(['default'])
  })
})

describe('a test that fails', () => {
  it('has the journal of its world in the report, without a secret', async () => {
    const { tests } = await project('failing', { providers: ['mekari'], seed: 'again' }, ['--workers=1'])
    const [failed, passed] = tests
    const [journal] = failed?.attachments.filter(({ name }) => name === 'mock-oauth journal') ?? []
    expect(journal).toMatchObject({ contentType: 'text/plain' })
    expect(journal?.text).toMatch(/^World worker-0-\S+\. The same again: mockOAuth: \{ seed: 'again' \}\n/)
    expect(journal?.text).toMatch(/\nr1 {2}\S+ {2}POST https:\/\/account\.mekari\.com\/auth\/oauth2\/token {2}200\n/)
    expect(journal?.text).toMatch(/\nr2 .* 400\n.* refused {5}refresh_token_reused\n.* fix {9}\S/s)
    const secrets: string[] = JSON.parse(failed?.annotations.secret ?? '')
    expect(secrets).toHaveLength(2)
    for (const secret of secrets) {
      expect(secret).toMatch(/^\S{16,}$/)
      expect(journal?.text).not.toContain(secret)
    }
    expect(passed).toMatchObject({ title: 'passes', ok: true, attachments: [] })
  })
})

describe('the world of a worker', () => {
  it('begins anew with each test, tells of faults that never fired, and is another one after a restart', async () => {
    const again = () => project('worlds', { providers: ['mekari'], seed: 'again' }, ['--workers=1'])
    const { tests } = await again()
    expect(failures(tests)).toMatchObject([{ title: 'fails, and a worker begins anew' }])
    const [first, second, , third] = tests.map(({ annotations }) => annotations)
    expect(first?.['mock-oauth']).toBe('fault f1 never fired: token:refresh_token drop after')
    expect(second?.world).toBe(first?.world)
    expect(third?.world).not.toBe(first?.world)
    const tokens = [first?.token, second?.token, undefined, third?.token]
    expect(new Set(tokens).size).toBe(4)
    expect((await again()).tests.map(({ annotations }) => annotations.token)).toEqual(tokens)
  })
})

describe('a server that runs already', () => {
  it('is found by MOCK_OAUTH_URL and opened by its control token', async () => {
    const { url } = await serve(['--provider', 'mekari', '--host', '0.0.0.0', '--control-token', 'sesame'])
    const control = { headers: { authorization: 'Bearer sesame' } }
    const variables = { MOCK_OAUTH_URL: url, MOCK_OAUTH_CONTROL_TOKEN: 'sesame' }
    const { tests, errors } = await project('worlds', { providers: ['mekari'] }, ['-g', 'begins clean'], variables)
    expect({ failures: failures(tests), errors }).toEqual({ failures: [], errors: '' })
    expect(await (await fetch(`${url}/_mock/worlds`, control)).json()).toMatchObject([{ name: 'default' }])

    const refused = await project('worlds', {}, ['-g', 'begins clean$'], { MOCK_OAUTH_URL: url })
    expect(refused.tests.map((one) => one.errors).join()).toContain('The control API needs the control token')
  })

  it('is missed in a sentence that says what to do', async () => {
    const url = `http://127.0.0.1:${await freePort()}`
    const { tests } = await project('worlds', { url }, ['-g', 'begins clean$'])
    const said = tests.map(({ errors }) => errors).join()
    expect(said).toContain(`There is no server at ${url}, which mockOAuth.url or MOCK_OAUTH_URL names.`)
    expect(said).toContain('npx mock-oauth serve')
  })

  it('is told from another program', async () => {
    const other = createServer((_, response) => response.end('hello'))
    onTestFinished(() => void other.close())
    const url = `http://127.0.0.1:${await listening(other)}`
    const { tests } = await project('worlds', { url }, ['-g', 'begins clean$'])
    expect(tests.map(({ errors }) => errors).join()).toContain(`What answers is not mock-oauth at ${url}`)
  })

  it('is refused where it does not play what the tests want', async () => {
    const { url } = await serve(['--provider', 'mekari'])
    const { tests } = await project('worlds', { url, providers: ['mercury'] }, ['-g', 'begins clean$'])
    const said = tests.map(({ errors }) => errors).join()
    expect(said).toContain('"mercury" is not played here. Played: mekari, mekari:sandbox.')
  })
})
