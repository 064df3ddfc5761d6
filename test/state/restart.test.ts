import { symlinkSync } from 'node:fs'
import { createMockOAuth, type MockOAuth, type MockOAuthOptions } from 'mock-oauth'
import { describe, expect, it, onTestFinished } from 'vitest'
import { folderWith, run, serve } from '../cli/command.ts'
import { receive } from '../webhooks/receiver.ts'
import { createDoor } from './door.ts'

const newFile = () => `${folderWith({})}/kept.state`

async function open(state: string, options: MockOAuthOptions = {}): Promise<MockOAuth> {
  const mock = await createMockOAuth({ providers: ['standard'], seed: 'restart', ...options, state })
  onTestFinished(() => mock.close())
  return mock
}

const use = (mock: MockOAuth, accessToken: string) =>
  mock.handle({
    method: 'GET',
    url: mock.provider().apiUrl,
    headers: { authorization: `Bearer ${accessToken}` },
    body: '',
  })

describe('a state file', () => {
  it('tells of no fault that never fired in a world that was kept and nobody used', async () => {
    const file = newFile()
    const options: MockOAuthOptions = { faults: ['token drop after'] }
    const first = await open(file, options)
    await first.world('used-again')
    await first.world('left-alone')
    await first.close()
    const second = await open(file, options)
    const tellsOf = () => second.worlds.unfired().faults.map(({ world }) => world)
    expect(tellsOf()).toEqual(['default'])
    await second.world('used-again')
    expect(tellsOf()).toEqual(['used-again'])
  })

  it('brings back all that a world is, but its journal and its faults', async () => {
    const file = newFile()
    const first = await open(file)
    const door = createDoor(first)
    await first.clock.move({ set: '2028-01-01', freeze: true })
    await door.askForCode()
    await door.signIn()
    await door.push()
    await door.askForDevice()
    await door.assert()
    await first.keys.rotate()
    await first.clients.change(first.provider().clientId, { name: 'Renamed' })
    await first.rotations.set('grace:30', 'standard')
    first.faults.arm({ kind: 'drop', on: 'token' })
    const { chance: _, run, journal, faults, ...kept } = await first.snapshot()
    expect([journal.exchanges.length > 0, faults.armed.length]).toEqual([true, 1])
    const keys = await first.keys.list()
    await first.close()

    const second = await open(file)
    const { chance: __, run: next, journal: empty, faults: none, ...found } = await second.snapshot()
    expect(found).toEqual(kept)
    expect([run, next]).toEqual([0, 1])
    expect([empty.exchanges, none.armed]).toEqual([[], []])
    expect(await second.keys.list()).toEqual(keys)
  })

  it('lets no id, no token and no code come twice, however often it is gone on with', async () => {
    const file = newFile()
    const seen: string[] = []
    for (let run = 0; run < 4; run++) {
      const mock = await open(file)
      const { accessToken, refreshToken = '', grant } = await mock.mint()
      const { redirectTo = '' } = await createDoor(mock).askForCode()
      const code = new URL(redirectTo).searchParams.get('code') ?? ''
      seen.push(accessToken, refreshToken, grant.id, code, ...mock.requests().map(({ id }) => id))
      await mock.close()
    }
    expect(new Set(seen).size).toBe(seen.length)
  })

  it('goes on with its own seed and time, whatever seed is given', async () => {
    const file = newFile()
    const first = await open(file)
    await first.clock.advance('400d')
    const then = Date.parse(first.clock.read().now)
    await first.close()
    const second = await open(file, { seed: 'another' })
    expect(second.seed).toBe('restart')
    expect(Date.parse(second.clock.read().now) - then).toBeLessThan(600_000)
    expect(Date.parse(second.clock.read().now)).toBeGreaterThanOrEqual(then)
  })

  it('is empty after a reset, as it is at the start', async () => {
    const file = newFile()
    const first = await open(file)
    const { accessToken } = await first.mint()
    await first.reset()
    await first.close()
    const second = await open(file)
    expect((await second.snapshot()).store.accessTokens).toEqual([])
    expect((await use(second, accessToken)).status).toBe(401)
  })

  it('keeps what a snapshot brought', async () => {
    const file = newFile()
    const first = await open(file)
    const { accessToken } = await first.mint()
    const snapshot = await first.snapshot()
    await first.reset()
    await first.restore(snapshot)
    await first.close()
    expect((await use(await open(file), accessToken)).status).toBe(200)
  })

  it('takes a setup that has changed meanwhile, as a running mock does', async () => {
    const file = newFile()
    const before = { clients: [{ id: 'leaves' }, { id: 'stays' }], users: [{ email: 'a@example.com' }] }
    const first = await open(file, before)
    await first.clients.register({ id: 'registered' })
    await first.clients.change('stays', { name: 'Renamed' })
    const { accessToken } = await first.mint({ client: 'leaves' })
    await first.close()
    const after = { clients: [{ id: 'stays' }, { id: 'comes' }], users: [{ email: 'b@example.com' }] }
    const second = await open(file, after)
    const clients = await second.clients.list()
    expect(clients.slice(1).map(({ id }) => id)).toEqual(['stays', 'registered', 'comes'])
    expect(clients.find(({ id }) => id === 'stays')?.name).toBe('Renamed')
    expect((await second.users.list()).map(({ email }) => email)).toEqual(['b@example.com'])
    expect((await use(second, accessToken)).status).toBe(401)
  })

  it('sends the webhooks that were due when it is gone on with', async () => {
    const file = newFile()
    const receiver = await receive()
    receiver.answer(500)
    const options = { providers: ['finexer'], client: { webhooks: { url: receiver.url } } }
    const first = await open(file, options)
    const { grant } = await first.mint()
    await first.grants.revoke(grant.id)
    await first.webhooks.settled()
    const [event] = first.webhooks.list()
    expect(event?.state).toBe('pending')
    await first.close()
    receiver.answer(200)
    const second = await open(file, options)
    expect(second.webhooks.list()).toEqual([event])
    await second.clock.advance('30d')
    expect(second.webhooks.list()[0]?.state).toBe('delivered')
  })

  it('is refused where another mock has it, in this process or in another', async () => {
    const file = newFile()
    const mock = await open(file)
    await expect(open(file)).rejects.toMatchObject({
      code: 'state_unavailable',
      message: `${file} is in use by another mock of this process. Name another file.`,
    })
    const link = `${file}.link`
    symlinkSync(file, link)
    const args = ['serve', '--port', '0', '--provider', 'standard', '--state', link]
    expect(await run(args)).toEqual({
      code: 2,
      stdout: '',
      stderr: `${file} is in use by another mock-oauth (process ${process.pid}). Stop that, or name another file.\n`,
    })
    await mock.close()
    const { line } = await serve(['--provider', 'standard', '--state', file])
    expect(JSON.parse(line).seed).toBe('restart')
  })

  it('is refused where it is foreign, and left as it was', async () => {
    const folder = folderWith({ 'notes.txt': 'not ours, and long enough to be looked into', short: 'x' })
    for (const name of ['notes.txt', 'short']) {
      await expect(open(`${folder}/${name}`)).rejects.toMatchObject({
        message: `${folder}/${name} is no state file of mock-oauth. Name another: one that is not there yet is made.`,
      })
    }
    await expect(open(folder)).rejects.toMatchObject({ message: `The state file ${folder} is no file.` })
  })

  it.each([
    ['of another program', { notes: 1 }, /is no state file of mock-oauth/],
    ['newer', { format: { name: 'mock-oauth state', version: 2 } }, /has format 2, and this mock-oauth reads 1/],
  ])('is refused where it is %s', async (_, entries, message) => {
    const file = newFile()
    const { open: openLmdb } = await import('lmdb')
    const db = openLmdb({ path: file, noSubdir: true, encoding: 'json' })
    for (const [key, value] of Object.entries(entries)) await db.put(key, value)
    await db.close()
    await expect(open(file)).rejects.toMatchObject({
      code: 'state_unavailable',
      message: expect.stringMatching(message),
    })
  })

  it('is refused where its providers are not played', async () => {
    const file = newFile()
    await (await open(file)).close()
    await expect(open(file, { providers: ['mekari'] })).rejects.toMatchObject({
      code: 'state_unavailable',
      message: 'The state is of providers that are not played here: standard. Play them, or begin with another file.',
    })
    expect((await open(file)).seed).toBe('restart')
  })

  it('asks for the package that keeps it, where that is not installed', async () => {
    const file = newFile()
    const folder = folderWith({
      'without.mjs': "import { register } from 'node:module'\nregister('./resolve.mjs', import.meta.url)\n",
      'resolve.mjs': `export const resolve = (name, context, next) => {
        if (name === 'lmdb') throw Object.assign(new Error(), { code: 'ERR_MODULE_NOT_FOUND' })
        return next(name, context)
      }`,
    })
    const args = ['serve', '--port', '0', '--provider', 'standard', '--state', file]
    expect(await run(args, { NODE_OPTIONS: `--import ${folder}/without.mjs` })).toEqual({
      code: 2,
      stdout: '',
      stderr: 'A state file is kept by LMDB, which is not installed here. Install it: npm install lmdb\n',
    })
  })

  it('stands in the configuration, relative to it', async () => {
    const folder = folderWith({ 'mock-oauth.config.json': '{"providers":["standard"],"state":"kept.state"}' })
    const { url, child } = await serve([], {}, folder)
    await fetch(`${url}/_mock/tokens`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
    child.kill('SIGKILL')
    await new Promise((resolve) => child.once('close', resolve))
    expect(await (await open(`${folder}/kept.state`)).grants.list()).toHaveLength(1)
  })
})
