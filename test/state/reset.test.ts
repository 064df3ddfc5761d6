import { createMockOAuth, type MockOAuth, type Snapshot } from 'mock-oauth'
import { describe, expect, it, onTestFinished } from 'vitest'
import { receive } from '../webhooks/receiver.ts'
import { createDoor } from './door.ts'

/** A mock in which something can be of every kind, with a receiver where one is given. */
async function open(url?: string) {
  const mock = await createMockOAuth({
    providers: ['standard', 'mercury', 'finexer'],
    seed: 'reset',
    ...(url && { client: { webhooks: { url } } }),
  })
  onTestFinished(() => mock.close())
  await mock.users.list()
  await mock.clock.move({ freeze: true, set: '2027-01-01' })
  return mock
}

/** Connects and disconnects, of which the client is told. */
async function disconnect(mock: MockOAuth): Promise<void> {
  const { grant } = await mock.mint({ provider: 'finexer' })
  await mock.grants.revoke(grant.id)
}

/** Everything that can be of the past, where a snapshot has it, and how it comes about. */
const past: readonly [
  what: string,
  where: (whole: Snapshot) => unknown,
  make: (mock: MockOAuth) => Promise<unknown>,
][] = [
  ['codes', ({ store }) => store.codes, (mock) => createDoor(mock).askForCode()],
  ['access tokens', ({ store }) => store.accessTokens, (mock) => mock.mint({ provider: 'standard' })],
  ['refresh tokens', ({ store }) => store.refreshTokens, (mock) => mock.mint({ provider: 'mercury' })],
  ['grants', ({ store }) => store.grants, (mock) => mock.mint({ provider: 'finexer' })],
  ['sessions', ({ store }) => store.sessions, (mock) => createDoor(mock).signIn()],
  ['open pages', ({ store }) => store.pages, (mock) => createDoor(mock).signIn()],
  ['pushed requests', ({ store }) => store.requests, (mock) => createDoor(mock).push()],
  ['devices', ({ store }) => store.devices, (mock) => createDoor(mock).askForDevice()],
  ['ids of assertions', ({ store }) => store.assertions, (mock) => createDoor(mock).assert()],
  ['rotated keys', ({ store }) => store.keyRings, (mock) => mock.keys.rotate({ provider: 'standard' })],
  ['clients', ({ store }) => store.clients, (mock) => mock.clients.register({ provider: 'standard', id: 'other' })],
  ['people', ({ store }) => store.users, (mock) => mock.users.add({})],
  ['applications', ({ store }) => store.applications, (mock) => createDoor(mock).apply()],
  ['requests so far', ({ journal }) => journal, (mock) => createDoor(mock).askForCode()],
  ['webhooks', ({ webhooks }) => webhooks, disconnect],
  [
    'faults',
    ({ faults }) => faults,
    async (mock) => mock.faults.arm({ kind: 'drop', on: 'token', provider: 'standard' }),
  ],
  ['rotation policies', ({ rotations }) => rotations, async (mock) => mock.rotations.set('grace:30', 'standard')],
  ['what chance has drawn', ({ chance }) => chance, (mock) => mock.mint({ provider: 'standard' })],
  ['that somebody asked for the people', ({ peopled }) => peopled, (mock) => mock.users.list()],
]

describe('reset', () => {
  it.each(past)('forgets %s', async (_, where, make) => {
    const mock = await open()
    await mock.reset()
    const before = where(await mock.snapshot())
    await make(mock)
    expect(where(await mock.snapshot())).not.toEqual(before)
    await mock.reset()
    expect(where(await mock.snapshot())).toEqual(before)
  })

  it('forgets where the clock was, and that it stood still', async () => {
    const mock = await open()
    const before = Date.now()
    await mock.reset()
    const { now, frozen } = mock.clock.read()
    expect([frozen, Date.parse(now) >= before, Date.parse(now) <= Date.now()]).toEqual([false, true, true])
  })

  it('forgets another seed only when it is given one', async () => {
    const mock = await open()
    const { accessToken } = await mock.mint({ provider: 'standard' })
    await mock.reset('another')
    expect(mock.seed).toBe('another')
    expect((await mock.mint({ provider: 'standard' })).accessToken).not.toBe(accessToken)
    await mock.reset('reset')
    expect((await mock.mint({ provider: 'standard' })).accessToken).toBe(accessToken)
  })

  it('leaves what is as it was just after the start', async () => {
    const mock = await createMockOAuth({ providers: ['standard', 'mercury', 'finexer'], seed: 'reset' })
    onTestFinished(() => mock.close())
    const atStart = await mock.snapshot()
    for (const [, , make] of past) await make(mock)
    await mock.reset()
    const { clock: _, ...rest } = await mock.snapshot()
    const { clock: __, ...expected } = atStart
    expect(rest).toEqual(expected)
  })

  it('lets nothing go out that was due, and what happens afterwards does', async () => {
    const receiver = await receive()
    receiver.answer(500)
    const mock = await open(receiver.url)
    await disconnect(mock)
    await receiver.gets(1)
    await mock.webhooks.settled()
    expect(mock.webhooks.list()[0]?.state).toBe('pending')
    await mock.reset()
    receiver.answer(200)
    await mock.clock.advance('30d')
    expect(receiver.received).toHaveLength(1)
    await disconnect(mock)
    await mock.webhooks.settled()
    expect(mock.webhooks.list().map(({ id, state }) => [id, state])).toEqual([['w1', 'delivered']])
    expect(receiver.received).toHaveLength(2)
  })

  it('goes on telling what happens, and no more of what happened before', async () => {
    const mock = await open()
    const { url } = await mock.listen({ port: 0 })
    const heard: string[] = []
    mock.onExchange(({ id }) => heard.push(id))
    const { apiUrl } = mock.provider('standard')
    const ask = () => mock.handle({ method: 'GET', url: apiUrl, headers: {}, body: '' })
    await ask()
    await ask()
    await mock.reset()
    await ask()
    expect(heard).toEqual(['r1', 'r2', 'r1'])
    const stop = new AbortController()
    const stream = await fetch(`${url}/_mock/events?since=0`, { signal: stop.signal })
    let text = ''
    for await (const chunk of stream.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk
      if (text.includes('event: exchange')) break
    }
    expect(text.match(/^id: \d+$/gm)).toEqual(['id: 3'])
  })
})
