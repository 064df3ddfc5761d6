import { createMockOAuth, MockOAuthError, type MockOAuthOptions, type MockWorld } from 'mock-oauth'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { receive } from '../webhooks/receiver.ts'
import { bearer, serve } from './served.ts'

async function open(options: Partial<MockOAuthOptions> = {}) {
  const mock = await createMockOAuth({ providers: ['mekari'], seed: 'life', ...options })
  onTestFinished(() => mock.close())
  return mock
}

/** Real time, which goes on only when a test says so. */
function stopRealTime() {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 0, 31, 12) })
  onTestFinished(() => void vi.useRealTimers())
  return (minutes: number) => vi.setSystemTime(Date.now() + minutes * 60_000)
}

const namesOf = ({ worlds }: Awaited<ReturnType<typeof open>>) => worlds.list().map(({ name }) => name)
const me = async (world: MockWorld, token: string) => {
  const url = world.provider('mekari').apiUrl
  return (await world.handle({ method: 'GET', url, headers: bearer(token), body: '' })).status
}

describe('a named world', () => {
  it('is one with its name, and begins as the default one did', async () => {
    const mock = await open({ client: { id: 'my-app', secret: 'my-secret' }, users: [{ email: 'ada@example.com' }] })
    const a = await mock.world('a')
    expect(a.name).toBe('a')
    expect(await a.clients.list()).toEqual(await mock.clients.list())
    expect(await a.users.list()).toEqual(await mock.users.list())
    expect(a.provider()).toEqual(mock.provider())
    expect((await mock.world('default')).seed).toBe(mock.seed)
  })

  it('has bytes that follow from the seed and its name, whatever happens beside it', async () => {
    const tokensIn = async (mock: Awaited<ReturnType<typeof open>>, name: string) => {
      const world = await mock.world(name)
      await world.clock.move({ set: '2026-01-01T00:00:00Z', freeze: true })
      return world.mint()
    }
    const [one, other] = [await open(), await open()]
    await other.reset('another seed')
    await other.mint()
    await tokensIn(other, 'z')
    expect(await tokensIn(one, 'a')).toEqual(await tokensIn(other, 'a'))
    expect(await tokensIn(one, 'b')).not.toEqual(await tokensIn(other, 'a'))
    expect((await one.world('a')).seed).not.toBe(one.seed)
  })

  it('knows nothing of another: clients, people, tokens, clock, faults, journal', async () => {
    const mock = await open()
    const [a, b] = [await mock.world('a'), await mock.world('b')]
    await a.clients.register({ provider: 'mekari', id: 'x' })
    await a.users.add({ email: 'x@example.com' })
    a.faults.arm({ on: 'token', kind: 'drop' })
    await a.clock.move({ set: '2030-01-01T00:00:00Z', freeze: true })
    const { accessToken } = await a.mint()
    expect(await me(a, accessToken)).toBe(200)
    for (const other of [b, mock]) {
      expect((await other.clients.list()).map(({ id }) => id)).not.toContain('x')
      expect((await other.users.list()).map(({ email }) => email)).not.toContain('x@example.com')
      expect(other.faults.list()).toEqual([])
      expect(other.clock.read().frozen).toBe(false)
      expect(await other.grants.list()).toEqual([])
      expect(other.requests()).toEqual([])
      expect(await me(other, accessToken)).toBe(401)
    }
  })

  it('is reset without the others, and with another seed if one is given', async () => {
    const mock = await open()
    const [a, b] = [await mock.world('a'), await mock.world('b')]
    const tokens = await Promise.all([mock, a, b].map((world) => world.mint()))
    await a.reset('of my own')
    expect(a.seed).toBe('of my own')
    expect(await Promise.all([mock, a, b].map((world, i) => me(world, tokens[i]?.accessToken ?? '')))).toEqual([
      200, 401, 200,
    ])
    await mock.reset()
    expect(await me(b, tokens[2]?.accessToken ?? '')).toBe(200)
  })

  it('is made once, however many ask at once', async () => {
    const mock = await open()
    const made: string[] = []
    mock.worlds.onMade(({ name }) => made.push(name))
    const worlds = await Promise.all(['a', 'a', 'b', 'a'].map((name) => mock.world(name)))
    await worlds[0]?.mint()
    expect(await worlds[3]?.grants.list()).toHaveLength(1)
    expect(made).toEqual(['a', 'b'])
  })

  it.each(['a b', '', 'x'.repeat(65), 'a/b', '~a'])('is not called "%s"', async (name) => {
    const mock = await open()
    await expect(mock.world(name)).rejects.toMatchObject({ code: 'invalid_world' })
    await expect(mock.worlds.remove(name)).rejects.toMatchObject({ code: 'invalid_world' })
    const { world } = await mock.listen({ port: 0 })
    expect(() => world(name)).toThrow(MockOAuthError)
  })

  it('goes on with what is configured anew, as every other does', async () => {
    const mock = await open()
    const [a, coming] = await Promise.all([mock.world('a'), mock.world('b')])
    const { accessToken } = await a.mint()
    const changed = mock.reconfigure({ providers: ['mekari', 'mercury'], client: { id: 'my-app' } })
    const later = mock.world('c')
    await changed
    for (const world of [mock, a, coming, await later]) {
      expect(world.provider('mercury').clientId).toBe('my-app')
      expect((await world.clients.list()).map(({ id }) => id)).toContain('my-app')
    }
    expect(await me(a, accessToken)).toBe(401)
  })

  it('keeps all of them as they are where one of them cannot go on', async () => {
    const mock = await open()
    const a = await mock.world('a')
    await a.clients.register({ provider: 'mekari', id: 'taken' })
    const clients = [{ provider: 'mekari', id: 'taken' }]
    await expect(mock.reconfigure({ providers: ['mekari'], clients })).rejects.toMatchObject({ code: 'client_exists' })
    expect((await mock.clients.list()).map(({ id }) => id)).not.toContain('taken')
    await mock.reconfigure({ providers: ['mekari'], consent: 'deny' })
    expect((await mock.clients.list()).length + 1).toBe((await a.clients.list()).length)
  })
})

describe('the list of worlds', () => {
  it('says of each how much it was used, and when', async () => {
    const pass = stopRealTime()
    const { mock, get, control } = await serve(['mekari'])
    pass(1)
    await get('/~b/mekari/v1/me')
    await get('/~b/mekari/v1/me')
    pass(1)
    const a = await mock.world('a')
    const listed = [
      { name: 'default', seed: 'worlds', requests: 0, lastUse: '2026-01-31T12:02:00.000Z' },
      { name: 'a', seed: a.seed, requests: 0, lastUse: '2026-01-31T12:02:00.000Z' },
      { name: 'b', seed: expect.any(String), requests: 2, lastUse: '2026-01-31T12:01:00.000Z' },
    ]
    expect((await control('GET /_mock/worlds')).body).toEqual(listed)
    expect(mock.worlds.list()).toEqual(listed)
  })

  it('loses what is removed, with all that was in it; the next use begins anew', async () => {
    const { mock, control } = await serve(['mekari'])
    const a = await mock.world('a')
    const { accessToken } = await a.mint()
    a.faults.arm({ on: 'token', kind: 'drop' })
    expect(await control('DELETE /_mock/worlds/a')).toMatchObject({
      status: 200,
      body: { unfired: [{ kind: 'drop' }] },
    })
    expect(namesOf(mock)).toEqual(['default'])
    expect(await me(await mock.world('a'), accessToken)).toBe(401)
    expect(await control('DELETE /_mock/worlds/x')).toMatchObject({
      status: 404,
      body: { error: { code: 'unknown_world', message: 'There is no world "x". There are: a.' } },
    })
    expect(await control('DELETE /_mock/worlds/default')).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_world' } },
    })
  })

  it('ends the events of a world that is removed', async () => {
    const { mock, url } = await serve(['mekari'])
    const events = await fetch(`${url}/~a/_mock/events?since=0`)
    const beside = await fetch(`${url}/~b/_mock/events`)
    await fetch(`${url}/~a/mekari/v1/me`)
    await mock.worlds.remove('a')
    expect(await events.text()).toMatch(/^: mock-oauth\n\n(id: 1\nevent: exchange\ndata: .*\n\n)?$/)
    await beside.body?.cancel()
  })
})

describe('a world that nobody uses', () => {
  it('is dropped after a time, and begins anew; one that is used stays', async () => {
    const pass = stopRealTime()
    const mock = await open({ worlds: { idle: '30m' } })
    const [a, b] = [await mock.world('a'), await mock.world('b')]
    const { accessToken } = await a.mint()
    pass(20)
    await me(b, 'x')
    pass(20)
    await mock.world('c')
    expect(namesOf(mock)).toEqual(['default', 'b', 'c'])
    expect(await me(await mock.world('a'), accessToken)).toBe(401)
    pass(40)
    expect((await mock.world('b')).requests()).toEqual([])
    expect(namesOf(mock)).toEqual(['default', 'b'])
  })

  it('is kept for an hour unless told otherwise, and the default one for ever', async () => {
    const pass = stopRealTime()
    const mock = await open()
    const { accessToken } = await mock.mint()
    await mock.world('a')
    pass(59)
    await mock.world('b')
    expect(namesOf(mock)).toEqual(['default', 'a', 'b'])
    pass(1)
    await mock.world('b')
    expect(namesOf(mock)).toEqual(['default', 'b'])
    pass(60)
    await mock.world('c')
    expect(namesOf(mock)).toEqual(['default', 'c'])
    expect(await me(mock, accessToken)).toBe(401)
    expect(await mock.grants.list()).toHaveLength(1)
  })

  it('stays while somebody listens to its events', async () => {
    const pass = stopRealTime()
    const { mock, url } = await serve(['mekari'])
    const events = await fetch(`${url}/~a/_mock/events`)
    pass(120)
    await mock.world('b')
    expect(namesOf(mock)).toEqual(['default', 'a', 'b'])
    await events.body?.cancel()
  })

  it('stays while a webhook is due soon by its clock, and not for one that is far off', async () => {
    const pass = stopRealTime()
    const mock = await open({ providers: ['finexer', 'mekari'] })
    const receiver = await receive()
    receiver.answer(500)
    const failing = async (name: string, frozen: boolean) => {
      const world = await mock.world(name)
      await world.clock.move({ set: '2026-01-01T00:00:00Z', freeze: true })
      const { id } = await world.clients.find(world.provider('finexer').clientId)
      await world.clients.change(id, { webhooks: { url: receiver.url } })
      const { grant } = await world.mint({ provider: 'finexer' })
      await world.grants.revoke(grant.id, 'provider')
      await world.webhooks.settled()
      if (!frozen) await world.clock.move({ freeze: false })
      return world.webhooks.list()
    }
    expect(await failing('running', false)).toMatchObject([{ state: 'pending' }])
    await failing('frozen', true)
    pass(60)
    await mock.world('b')
    expect(namesOf(mock)).toEqual(['default', 'b', 'running'])
  })
})

describe('the limit of worlds', () => {
  it('is told where it is passed, to a client and to a test; a removed one makes room', async () => {
    const { mock, get, control } = await serve(['mekari'], { worlds: { limit: 2 } })
    await get('/~a/mekari/v1/me')
    await mock.world('b')
    const refused = await get('/~c/mekari/v1/me')
    expect(refused).toMatchObject({ status: 503, text: expect.stringContaining('There are 2 worlds') })
    expect(await control('GET /~c/_mock/clock')).toMatchObject({
      status: 503,
      body: { error: { code: 'too_many_worlds', message: expect.stringContaining('--world-limit') } },
    })
    await expect(mock.world('c')).rejects.toMatchObject({ code: 'too_many_worlds' })
    expect((await get('/~b/mekari/v1/me')).status).toBe(401)
    await mock.worlds.remove('a')
    expect((await get('/~c/mekari/v1/me')).status).toBe(401)
  })

  it('makes room by those that are idle', async () => {
    const pass = stopRealTime()
    const mock = await open({ worlds: { limit: 1 } })
    await mock.world('a')
    pass(61)
    await mock.world('b')
    expect(namesOf(mock)).toEqual(['default', 'b'])
  })

  it.each([
    [{ idle: '1 hour' }, 'invalid_duration'],
    [{ idle: '0s' }, 'invalid_duration'],
    [{ limit: -1 }, 'invalid_option'],
    [{ limit: 1.5 }, 'invalid_option'],
  ])('is no %j', async (worlds, code) => {
    const message = expect.stringMatching(/^worlds: /)
    await expect(createMockOAuth({ providers: ['mekari'], worlds })).rejects.toMatchObject({ code, message })
  })
})
