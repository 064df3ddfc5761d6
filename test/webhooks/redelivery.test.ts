import { describe, expect, it } from 'vitest'
import { attemptsOf, states } from './attempts.ts'
import { receive } from './receiver.ts'
import { open } from './stage.ts'

describe('a redelivery', () => {
  it('takes the place of the retries once it is received', async () => {
    const receiver = await receive()
    receiver.answer(500, 200)
    const mock = await open('mercado-pago', { url: receiver.url })
    await mock.mint()
    await mock.clock.advance('60s')
    expect(await mock.webhooks.redeliver('w1')).toMatchObject({ id: 'w1', state: 'delivered' })
    await mock.clock.advance('30d')
    expect(attemptsOf(mock.webhooks.list()[0])).toEqual([
      [0, 500],
      [60, 200],
    ])
    expect(receiver.received).toHaveLength(2)
  })

  it('in vain leaves the schedule as it was', async () => {
    const receiver = await receive()
    receiver.answer(500, 500, 200)
    const mock = await open('mercado-pago', { url: receiver.url })
    await mock.mint()
    await mock.clock.advance('60s')
    expect(await mock.webhooks.redeliver('w1')).toMatchObject({ state: 'pending' })
    await mock.clock.advance('240s')
    expect(attemptsOf(mock.webhooks.list()[0])).toEqual([
      [0, 500],
      [60, 500],
      [300, 200],
    ])
  })

  it('joins an attempt that is under way', async () => {
    const receiver = await receive()
    receiver.answer(500, 'hang')
    const mock = await open('mercado-pago', { url: receiver.url })
    await mock.mint()
    await mock.webhooks.settled()
    const advanced = mock.clock.advance('5m')
    await receiver.gets(2)
    const [one, other] = [mock.webhooks.redeliver('w1'), mock.webhooks.redeliver('w1')]
    receiver.release(201)
    expect(await one).toMatchObject({ state: 'delivered' })
    expect(await other).toMatchObject({ state: 'delivered' })
    await advanced
    await mock.clock.advance('30d')
    expect(receiver.received).toHaveLength(2)
  })

  it('repeats what was received, and says so when that is in vain', async () => {
    const receiver = await receive()
    const mock = await open('mercado-pago', { url: receiver.url })
    await mock.mint()
    await mock.webhooks.settled()
    receiver.answer(500)
    const again = await mock.webhooks.redeliver('w1')
    expect(again).toMatchObject({ state: 'delivered', attempts: [{ status: 200 }, { status: 500 }] })
    await mock.clock.advance('30d')
    const [first, second] = receiver.received
    expect(receiver.received).toHaveLength(2)
    expect(second?.body).toBe(first?.body)
  })

  it('brings what was not sent, once there is a receiver', async () => {
    const receiver = await receive()
    const mock = await open('mercado-pago')
    await mock.mint()
    await expect(mock.webhooks.redeliver('w1')).rejects.toThrow(expect.objectContaining({ code: 'no_receiver' }))
    await mock.clients.change(mock.provider().clientId, { webhooks: { url: receiver.url, events: [] } })
    await mock.mint()
    expect(states(mock.webhooks.list())).toEqual(['no receiver', 'not chosen'])
    for (const id of ['w1', 'w2']) {
      expect(await mock.webhooks.redeliver(id)).toMatchObject({ id, state: 'delivered' })
    }
  })

  it('of an unknown event is a mistake', async () => {
    const mock = await open('mercado-pago')
    await expect(mock.webhooks.redeliver('w9')).rejects.toThrow(expect.objectContaining({ code: 'unknown_webhook' }))
  })
})

describe('a test', () => {
  it("is what the provider's own button sends", async () => {
    const receiver = await receive()
    const mock = await open('mercado-pago', { url: receiver.url, events: [] })
    expect(await mock.webhooks.test()).toMatchObject({ test: true, state: 'delivered' })
    const [delivery] = receiver.received
    expect(delivery?.target).toBe('/hooks?data.id=123456&type=mp-connect')
    expect(delivery?.body).toBe(
      '{"action":"application.authorized","api_version":"v1","data":{"id":"123456"},"date_created":"2021-11-01T02:02:02Z","id":"123456","live_mode":false,"type":"mp-connect","user_id":176611236}',
    )
    expect(delivery?.headers).not.toHaveProperty('x-signature')
    expect(delivery?.headers).not.toHaveProperty('x-request-id')
  })

  it('tells of the person who is named where there is no such button, though nothing has happened', async () => {
    const receiver = await receive()
    const mock = await open('finexer', { url: receiver.url })
    const [, person] = await mock.users.list()
    const { grant } = await mock.mint({ user: person?.id ?? '' })
    await mock.grants.revoke(grant.id)
    await mock.webhooks.test({ user: person?.email ?? '', event: 'oauth.authorization.revoked' })
    const [real, test] = receiver.received.map(({ body }) => JSON.parse(body))
    expect(test.data).toEqual(real.data)
    expect(test.id).not.toBe(real.id)
  })

  it('is sent once', async () => {
    const receiver = await receive()
    receiver.answer(500)
    const mock = await open('mercado-pago', { url: receiver.url })
    expect(await mock.webhooks.test()).toMatchObject({ state: 'failed', attempts: [{ status: 500 }] })
    await mock.clock.advance('30d')
    expect(receiver.received).toHaveLength(1)
  })

  it('needs a provider that sends webhooks, an event of its, and a receiver', async () => {
    const code = (code: string) => expect.objectContaining({ code })
    const mock = await open('mercado-pago')
    await expect(mock.webhooks.test()).rejects.toThrow(code('no_receiver'))
    await expect(mock.webhooks.test({ event: 'payment' })).rejects.toThrow(code('unknown_event'))
    await expect(mock.webhooks.test({ user: 'nobody' })).rejects.toThrow(code('unknown_user'))
    await expect(mock.webhooks.test({ client: 'nobody' })).rejects.toThrow(code('unknown_client'))
    await expect((await open('mekari')).webhooks.test()).rejects.toThrow(code('no_webhooks'))
  })
})
