import { describe, expect, it } from 'vitest'
import { attemptsOf, states } from './attempts.ts'
import { nobody, receive } from './receiver.ts'
import { open, start } from './stage.ts'

describe('a receiver that lets an attempt fail', () => {
  it('is tried again by the schedule, and no more once it has answered', async () => {
    const receiver = await receive()
    const mock = await open('mercado-pago', { url: receiver.url, events: ['application.authorized'] })
    receiver.answer(500, 302, (response) => response.destroy(), 201)
    await mock.mint()
    await mock.webhooks.settled()
    expect(mock.webhooks.list()).toMatchObject([{ state: 'pending', nextAt: start + 300_000 }])
    await mock.clock.advance('299s')
    expect(receiver.received).toHaveLength(1)
    await mock.clock.advance('1s')
    expect(receiver.received).toHaveLength(2)
    await mock.clock.advance('30d')
    const [event] = mock.webhooks.list()
    expect(attemptsOf(event)).toEqual([
      [0, 500],
      [300, 302],
      [2_700, 'UND_ERR_SOCKET'],
      [21_600, 201],
    ])
    expect(event).toMatchObject({ state: 'delivered' })
    expect(event).not.toHaveProperty('nextAt')
    expect(receiver.received).toHaveLength(4)
  })

  it.each([
    ['mercado-pago', [0, 300, 2_700, 21_600, 172_800, 345_600]],
    ['mercado-pago@2024', [0, 900, 1_800, 7_200, 28_800, 86_400]],
  ] as const)('that is down is tried to the end of the schedule of %s', async (provider, times) => {
    const mock = await open(provider, { url: await nobody() })
    await mock.mint()
    await mock.clock.advance('365d')
    const [event] = mock.webhooks.list()
    expect(attemptsOf(event)).toEqual(times.map((at) => [at, 'ECONNREFUSED']))
    expect(event).toMatchObject({ state: 'failed' })
    expect(event).not.toHaveProperty('nextAt')
  })

  it('that comes up again gets it', async () => {
    const url = await nobody()
    const mock = await open('mercado-pago', { url })
    await mock.mint()
    await mock.clock.advance('1h')
    const receiver = await receive('/hooks', Number(new URL(url).port))
    await mock.clock.advance('5h')
    expect(attemptsOf(mock.webhooks.list()[0])?.at(-1)).toEqual([21_600, 200])
    expect(receiver.received).toHaveLength(1)
  })

  it('that hangs is given up when its time is over by the clock, sooner at a retry', async () => {
    const receiver = await receive()
    receiver.answer('hang')
    const mock = await open('mercado-pago', { url: receiver.url })
    await mock.mint()
    await receiver.gets(1)
    await mock.clock.advance('21s')
    expect(attemptsOf(mock.webhooks.list()[0])).toEqual([[0, undefined]])
    await mock.clock.advance('1s')
    expect(attemptsOf(mock.webhooks.list()[0])).toEqual([[0, 'timed out']])
    void mock.clock.advance('278s')
    await receiver.gets(2)
    receiver.answer(200)
    await mock.clock.advance('4s')
    expect(mock.webhooks.list()[0]?.attempts).toHaveLength(2)
    await mock.clock.advance('1s')
    expect(attemptsOf(mock.webhooks.list()[0])).toEqual([
      [0, 'timed out'],
      [300, 'timed out'],
    ])
    await mock.clock.advance('40m')
    expect(states(mock.webhooks.list())).toEqual(['delivered'])
  })

  it('that hangs again and again is given up each time within one move of the clock', async () => {
    const receiver = await receive()
    receiver.answer('hang', 'hang', 200)
    const mock = await open('mercado-pago', { url: receiver.url })
    await mock.mint()
    await mock.clock.advance('30d')
    expect(attemptsOf(mock.webhooks.list()[0])).toEqual([
      [0, 'timed out'],
      [300, 'timed out'],
      [2_700, 200],
    ])
  })

  it('that is slow has its time', async () => {
    const receiver = await receive()
    receiver.answer('hang')
    const mock = await open('mercado-pago', { url: receiver.url })
    await mock.mint()
    await receiver.gets(1)
    await mock.clock.advance('21s')
    receiver.release(200)
    await mock.webhooks.settled()
    await mock.clock.advance('30d')
    expect(states(mock.webhooks.list())).toEqual(['delivered'])
    expect(receiver.received).toHaveLength(1)
  })

  it('gets what is due of two clients in the order in which it is due', async () => {
    const receiver = await receive()
    receiver.answer(500)
    const mock = await open('mercado-pago', { url: receiver.url })
    const other = await mock.clients.register({ webhooks: { url: receiver.url } })
    await mock.mint({ client: mock.provider().client.clientId })
    await mock.clock.advance('1m')
    await mock.mint({ client: other.id })
    await mock.webhooks.settled()
    await mock.clock.advance('30d')
    const times = receiver.received.map(({ body }) => JSON.parse(body).application_id === other.id)
    expect(times).toEqual(Array.from({ length: 12 }, (_, i) => i % 2 === 1))
  })

  it('is tried again by real time, too', async () => {
    const receiver = await receive()
    receiver.answer(500, 200)
    const mock = await open('finexer', { url: receiver.url })
    await mock.grants.revoke((await mock.mint()).grant.id)
    await mock.webhooks.settled()
    await mock.clock.move({ set: new Date(start + 2_950).toISOString(), freeze: false })
    await receiver.gets(2)
    await mock.webhooks.settled()
    expect(attemptsOf(mock.webhooks.list()[0])).toEqual([
      [0, 500],
      [3, 200],
    ])
  })
})
