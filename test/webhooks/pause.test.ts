import { describe, expect, it } from 'vitest'
import { attemptsOf, states } from './attempts.ts'
import { receive } from './receiver.ts'
import { open } from './stage.ts'

describe('a receiver that fails ten times in a row', () => {
  async function paused() {
    const receiver = await receive()
    receiver.answer(500)
    const mock = await open('finexer', { url: receiver.url })
    const [one, other] = await mock.users.list()
    const first = await mock.mint({ user: one?.id ?? '' })
    const second = await mock.mint({ user: other?.id ?? '' })
    await mock.grants.revoke(first.grant.id)
    await mock.clock.advance('1h')
    await mock.grants.revoke(second.grant.id)
    await mock.clock.advance('1h')
    return { mock, receiver, clientId: mock.provider().client.clientId }
  }

  it('is left alone, and what happens is held back', async () => {
    const { mock, receiver } = await paused()
    expect(attemptsOf(mock.webhooks.list()[0])).toEqual(Array.from({ length: 10 }, (_, i) => [i * 3, 500]))
    expect(states(mock.webhooks.list())).toEqual(['paused', 'paused'])
    expect(receiver.received).toHaveLength(10)
  })

  it('gets what was held back once it is registered anew', async () => {
    const { mock, receiver, clientId } = await paused()
    receiver.answer(204)
    await mock.clients.change(clientId, { name: 'Renamed' })
    await mock.webhooks.settled()
    expect(states(mock.webhooks.list())).toEqual(['paused', 'paused'])
    await mock.clients.change(clientId, { webhooks: {} })
    await mock.webhooks.settled()
    expect(states(mock.webhooks.list())).toEqual(['delivered', 'delivered'])
    expect(receiver.received).toHaveLength(12)
  })

  it('has the whole schedule before it again', async () => {
    const { mock, receiver, clientId } = await paused()
    await mock.clients.change(clientId, { webhooks: {} })
    await mock.webhooks.settled()
    expect(states(mock.webhooks.list())).toEqual(['pending', 'pending'])
    receiver.answer(204)
    await mock.clock.advance('3s')
    expect(states(mock.webhooks.list())).toEqual(['delivered', 'delivered'])
    expect(receiver.received).toHaveLength(14)
  })

  it('gets it once a redelivery succeeds, and not by one that fails or by a test', async () => {
    const { mock, receiver } = await paused()
    expect(await mock.webhooks.redeliver('w1')).toMatchObject({ state: 'paused' })
    receiver.answer(200)
    expect(await mock.webhooks.test()).toMatchObject({ id: 'w3', state: 'delivered', test: true })
    await mock.webhooks.settled()
    expect(states(mock.webhooks.list())).toEqual(['paused', 'paused', 'delivered'])
    expect(await mock.webhooks.redeliver('w2')).toMatchObject({ state: 'delivered' })
    await mock.webhooks.settled()
    expect(states(mock.webhooks.list())).toEqual(['delivered', 'delivered', 'delivered'])
    expect(receiver.received).toHaveLength(14)
  })

  it('has not failed by tests', async () => {
    const receiver = await receive()
    receiver.answer(500)
    const mock = await open('finexer', { url: receiver.url })
    for (let i = 0; i < 10; i++) await mock.webhooks.test()
    receiver.answer(200)
    await mock.grants.revoke((await mock.mint()).grant.id)
    await mock.webhooks.settled()
    expect(mock.webhooks.list().at(-1)).toMatchObject({ state: 'delivered' })
  })
})
