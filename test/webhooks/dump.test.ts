import { describe, expect, it, onTestFinished } from 'vitest'
import { theirOwn } from '../../src/control/addresses.ts'
import { armFault } from '../../src/control/faults.ts'
import { revokeGrant } from '../../src/control/grants.ts'
import { setupOf } from '../../src/control/setup.ts'
import { moveClock } from '../../src/control/time.ts'
import { mintTokens } from '../../src/control/tokens.ts'
import { reviveLetter } from '../../src/engine/letter.ts'
import { outside } from '../../src/web/outside.ts'
import { createClock } from '../../src/world/clock.ts'
import type { OutboxEntry, OutboxState } from '../../src/world/outbox/state.ts'
import { createOutbox } from '../../src/world/outbox.ts'
import type { Letter } from '../../src/world/webhook-event.ts'
import { createWorld, type World } from '../../src/world/world.ts'
import { attemptsOf, states } from './attempts.ts'
import { receive } from './receiver.ts'
import { verifies } from './signature.ts'
import { start } from './stage.ts'

/** A world whose clock stands still at a moment. */
async function worldAt(moment: number, url: string, provider = 'finexer'): Promise<World> {
  const setup = setupOf({ providers: [provider], client: { webhooks: { url, secret: 'a secret' } } })
  const world = await createWorld({ ...setup, seed: 'dump', realTime: Date.now, outside })
  onTestFinished(() => world.outbox.close())
  await moveClock(world, { set: new Date(moment).toISOString(), freeze: true })
  return world
}

/** What a world's outbox becomes in another one, by way of JSON. */
async function carriedOver(from: World, url: string, provider?: string): Promise<World> {
  const state: OutboxState = JSON.parse(JSON.stringify(from.outbox.dump()))
  const faults = JSON.parse(JSON.stringify(from.faults.dump()))
  const moment = from.clock.now()
  from.outbox.close()
  const world = await worldAt(moment, url, provider)
  world.faults.load(faults)
  world.outbox.load(state, (data) => reviveLetter(world, data))
  return world
}

/** A connection that ends. */
async function happen(world: World): Promise<void> {
  const { grant } = await mintTokens(world, theirOwn, {})
  await revokeGrant(world, grant.id, 'provider')
}

const bodies = (world: World) => world.outbox.list().map(({ body }) => body)

/** What a watcher makes of all that it hears. */
function mirror({ outbox }: Pick<World, 'outbox'>): () => OutboxState {
  let { entries: _, ...counts } = outbox.dump()
  const entries = new Map<string, OutboxEntry>(outbox.dump().entries.map((entry) => [entry.event.id, entry]))
  outbox.watch({
    kept: (entry) => void entries.set(entry.event.id, entry),
    forgotten: (id) => void entries.delete(id),
    counted: (changed) => {
      counts = changed
    },
  })
  return () => ({ ...counts, entries: [...entries.values()] })
}

const unsent = () => Promise.resolve({ failure: 'unsent' })
const letter: Letter = {
  data: { environment: 'x', clientId: 'c', query: {}, body: '' },
  addressee: 'x c',
  counts: () => true,
  limit: () => 0,
  retries: [],
  pausedAfter: undefined,
  write: () => Promise.resolve(undefined),
}

describe('an outbox that was dumped and loaded', () => {
  it('delivers what was due at its time, to the same receiver, and its ids go on', async () => {
    const receiver = await receive()
    receiver.answer(500, 500, 200)
    const before = await worldAt(start, receiver.url)
    await happen(before)
    await moveClock(before, { advance: '4s' })
    const listed = before.outbox.list()
    const world = await carriedOver(before, receiver.url)
    expect(world.outbox.list()).toEqual(listed)
    expect(listed).toMatchObject([{ state: 'pending', nextAt: start + 6_000 }])
    await world.outbox.settled()
    expect(receiver.received).toHaveLength(2)
    await moveClock(world, { advance: '2s' })
    expect(attemptsOf(world.outbox.list()[0])).toEqual([
      [0, 500],
      [3, 500],
      [6, 200],
    ])
    expect(verifies.finexer?.(receiver.received[2], 'a secret')).toBe(true)
    await happen(world)
    expect(world.outbox.list().map(({ id }) => id)).toEqual(['w1', 'w2'])
  })

  it('sends what is due at one moment in the order in which it happened', async () => {
    const receiver = await receive()
    const before = await worldAt(start, receiver.url)
    armFault(before, { on: 'webhook', kind: 'delay', by: '1m', nth: '2-3', times: 2 })
    await happen(before)
    await happen(before)
    const world = await carriedOver(before, receiver.url)
    await happen(world)
    await moveClock(world, { advance: '1m' })
    expect(receiver.received.map(({ body }) => body)).toEqual(bodies(world))
  })

  it('stands still where it stood still, and counts attempts in vain on', async () => {
    const receiver = await receive()
    receiver.answer(500)
    const before = await worldAt(start, receiver.url)
    await happen(before)
    await moveClock(before, { advance: '26s' })
    const nine = await carriedOver(before, receiver.url)
    expect(receiver.received).toHaveLength(9)
    await moveClock(nine, { advance: '1s' })
    expect(states(nine.outbox.list())).toEqual(['paused'])
    const ten = await carriedOver(nine, receiver.url)
    await happen(ten)
    await moveClock(ten, { advance: '1d' })
    expect(states(ten.outbox.list())).toEqual(['paused', 'paused'])
    expect(receiver.received).toHaveLength(10)
    receiver.answer(200)
    await ten.outbox.redeliver('w2')
    await ten.outbox.settled()
    expect(states(ten.outbox.list())).toEqual(['delivered', 'delivered'])
  })

  it('sends again what was under way, since nobody knows whether it arrived', async () => {
    const receiver = await receive()
    receiver.answer('hang')
    const before = await worldAt(start, receiver.url)
    await happen(before)
    await receiver.gets(1)
    receiver.answer(200)
    const world = await carriedOver(before, receiver.url)
    await world.outbox.settled()
    expect(attemptsOf(world.outbox.list()[0])).toEqual([
      [0, 'interrupted'],
      [0, 200],
    ])
    expect(states(world.outbox.list())).toEqual(['delivered'])
  })

  it('goes on with what faults do', async () => {
    const receiver = await receive()
    const before = await worldAt(start, receiver.url)
    for (const fault of [
      { kind: 'delay', by: '1m' },
      { kind: 'reorder', count: 3 },
      { kind: 'wrongSignature' },
      { kind: 'duplicate', nth: 2 },
    ] as const)
      armFault(before, { on: 'webhook', ...fault })
    for (let i = 0; i < 3; i++) await happen(before)
    const world = await carriedOver(before, receiver.url)
    await happen(world)
    await world.outbox.settled()
    const [one, two, three, four] = bodies(world)
    expect(receiver.received.map(({ body }) => body)).toEqual([four, three, two, two])
    await moveClock(world, { advance: '1m' })
    expect(receiver.received.at(-1)?.body).toBe(one)
    const isGood = receiver.received.map((received) => verifies.finexer?.(received, 'a secret'))
    expect(isGood).toEqual([true, true, true, true, false])
  })

  it('lists what nobody can deliver any more, and does not send it', async () => {
    const receiver = await receive()
    receiver.answer(500)
    const before = await worldAt(start, receiver.url)
    await happen(before)
    await before.outbox.settled()
    const world = await carriedOver(before, receiver.url, 'mercado-pago')
    await moveClock(world, { advance: '1d' })
    expect(world.outbox.list()).toMatchObject([{ id: 'w1', environment: 'finexer', state: 'undeliverable' }])
    expect(await world.outbox.redeliver('w1')).toMatchObject({ state: 'undeliverable' })
    expect(receiver.received).toHaveLength(1)
    expect(world.outbox.dump().entries).toMatchObject([{ letter: { environment: 'finexer' } }])
  })
})

describe('whoever watches an outbox', () => {
  it('has its plain data at any time, and keeps them when it closes', async () => {
    const receiver = await receive()
    const world = await worldAt(start, receiver.url)
    const mirrored = mirror(world)
    const agrees = () => expect(mirrored()).toEqual(world.outbox.dump())
    armFault(world, { on: 'webhook', kind: 'reorder', nth: 2 })
    armFault(world, { on: 'webhook', kind: 'duplicate', nth: 3 })
    receiver.answer(500)
    for (let i = 0; i < 3; i++) {
      await happen(world)
      agrees()
    }
    for (let i = 0; i < 11; i++) {
      await moveClock(world, { advance: '3s' })
      agrees()
    }
    expect(world.outbox.dump()).toMatchObject({ taken: 3, paused: [expect.stringMatching(/^finexer /)] })
    receiver.answer(200)
    await world.outbox.redeliver('w1')
    await world.outbox.settled()
    agrees()
    expect(world.outbox.dump()).toMatchObject({ vain: {}, paused: [] })
    receiver.answer('hang')
    await happen(world)
    await receiver.gets(receiver.received.length + 1)
    agrees()
    const last = world.outbox.dump()
    expect(last.entries.at(-1)).toMatchObject({ due: world.clock.now() })
    world.outbox.close()
    expect(mirrored()).toEqual(last)
  })

  it('hears of what is forgotten: the oldest that is done with, before what a fault holds back', () => {
    const outbox = createOutbox(
      createClock(Date.now, () => {}),
      Date.now,
      { ...outside, send: unsent },
      2,
    )
    const mirrored = mirror({ outbox })
    for (const heldBy of ['f1', undefined, undefined, undefined]) {
      const about = { at: start, environment: 'x', clientId: 'c', event: 'e', body: '' }
      const state = heldBy === undefined ? 'not chosen' : 'pending'
      outbox.post({ ...about, state }, letter, heldBy === undefined ? {} : { heldBy })
      expect(mirrored()).toEqual(outbox.dump())
    }
    expect(mirrored().entries).toMatchObject([{ event: { id: 'w1' }, heldBy: 'f1' }, { event: { id: 'w4' } }])
    outbox.clear()
    expect(mirrored()).toEqual({ taken: 0, vain: {}, paused: [], entries: [] })
  })
})
