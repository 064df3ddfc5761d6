import { createHmac } from 'node:crypto'
import { createMockOAuth, type ReceiverInput } from 'mock-oauth'
import { describe, expect, it } from 'vitest'
import { states } from './attempts.ts'
import { nobody, receive } from './receiver.ts'
import { open } from './stage.ts'

const invalid = expect.objectContaining({ code: 'invalid_client' })

describe('a receiver', () => {
  it('gets a secret where deliveries are signed, the same at every start, and keeps it', async () => {
    const { clientId, webhookSecret } = (await open('mercado-pago@2024', { url: 'http://localhost/x' })).provider()
    expect(webhookSecret).toMatch(/^[0-9a-f]{64}$/)
    const again = await open('mercado-pago@2024', { url: 'http://localhost/y' }, 'another seed')
    expect(again.provider()).toMatchObject({ clientId, webhookSecret })
    const changed = await again.clients.change(clientId, { webhooks: { url: 'http://localhost/z' } })
    expect(changed.webhooks).toEqual({ url: 'http://localhost/z', secret: webhookSecret })
    const chosen = await again.clients.change(clientId, {
      webhooks: { secret: 'x', events: ['application.authorized'] },
    })
    expect(chosen.webhooks).toEqual({ url: 'http://localhost/z', secret: 'x', events: ['application.authorized'] })
    expect(await again.clients.change(clientId, { webhooks: null })).not.toHaveProperty('webhooks')
    expect((await open('mercado-pago', { url: 'http://localhost/x' })).provider()).not.toHaveProperty('webhookSecret')
  })

  it.each<ReceiverInput>([
    {},
    { url: 'localhost:3000/hooks' },
    { url: '/hooks' },
    { url: 'ftp://localhost/hooks' },
    { url: 'javascript:alert(1)' },
    { url: 'http://user:password@localhost/hooks' },
    { url: 'http://localhost/#hooks' },
    { url: 'http://localhost/a b' },
    { url: 'http://localhost/hooks', secret: '' },
    { url: 'http://localhost/hooks', secret: 'ü' },
    { url: 'http://localhost/hooks', events: ['payment'] },
    { url: 'http://localhost/hooks', events: ['toString'] },
  ])('cannot be %j', async (webhooks) => {
    const mock = await open('mercado-pago@2024')
    await expect(mock.clients.register({ webhooks })).rejects.toThrow(invalid)
    await expect(createMockOAuth({ providers: ['mercado-pago@2024'], client: { webhooks } })).rejects.toThrow(invalid)
  })

  it('is refused where nothing sends webhooks', async () => {
    const webhooks = { url: 'http://localhost/hooks' }
    await expect((await open('mekari')).clients.register({ webhooks })).rejects.toThrow(invalid)
    await expect(createMockOAuth({ providers: ['mekari'], client: { webhooks } })).rejects.toThrow(invalid)
    const both = await createMockOAuth({ providers: ['mekari', 'finexer'], client: { webhooks } })
    expect(await both.clients.list()).toMatchObject([{}, {}, { environment: 'finexer', webhooks }])
  })

  it('that has moved gets what is still to come, signed with its new secret', async () => {
    const mock = await open('mercado-pago@2024', { url: await nobody() })
    await mock.mint()
    await mock.webhooks.settled()
    const receiver = await receive()
    await mock.clients.change(mock.provider().clientId, { webhooks: { url: receiver.url, secret: 'new' } })
    await mock.clock.advance('15m')
    expect(states(mock.webhooks.list())).toEqual(['delivered'])
    const [delivery] = receiver.received
    const [, ts = '', v1 = ''] = /^ts=(\d+),v1=(\w+)$/.exec(String(delivery?.headers['x-signature'])) ?? []
    const id = new URL(delivery?.target ?? '', receiver.url).searchParams.get('data.id')
    const text = `id:${id};request-id:${delivery?.headers['x-request-id']};ts:${ts};`
    expect(v1).toBe(createHmac('sha256', 'new').update(text).digest('hex'))
  })

  it('that was taken back gets nothing more', async () => {
    const receiver = await receive()
    receiver.answer(500)
    const mock = await open('mercado-pago', { url: receiver.url })
    await mock.mint()
    await mock.webhooks.settled()
    await mock.clients.change(mock.provider().clientId, { webhooks: null })
    await mock.mint()
    await mock.clock.advance('30d')
    expect(receiver.received).toHaveLength(1)
    expect(states(mock.webhooks.list())).toEqual(['no receiver', 'no receiver'])
  })

  it('of a client that was taken away still hears what happened before', async () => {
    const receiver = await receive()
    receiver.answer(500, 500, 200)
    const mock = await open('mercado-pago')
    const { id: client } = await mock.clients.register({ webhooks: { url: receiver.url } })
    await mock.mint({ client })
    await mock.webhooks.settled()
    await mock.clients.remove(client)
    await mock.clock.advance('30d')
    expect(states(mock.webhooks.list())).toEqual(['delivered', 'delivered'])
    expect(receiver.received).toHaveLength(4)
  })
})

describe('a world', () => {
  it('that is reset forgets what it had to tell', async () => {
    const receiver = await receive()
    receiver.answer('hang', 200)
    const mock = await open('mercado-pago', { url: receiver.url })
    for (let i = 0; i < 3; i++) await mock.mint()
    await receiver.gets(1)
    const heard: string[] = []
    mock.webhooks.onChange(({ state }) => heard.push(state))
    await mock.reset()
    expect(mock.webhooks.list()).toEqual([])
    await mock.webhooks.settled()
    const before = receiver.received.length
    await mock.clock.advance('30d')
    expect(receiver.received).toHaveLength(before)
    await mock.mint()
    expect(mock.webhooks.list()).toMatchObject([{ id: 'w1' }])
    await mock.webhooks.settled()
    expect(heard).toEqual(['pending', 'pending', 'delivered'])
  })

  it('that is closed sends nothing', async () => {
    const receiver = await receive()
    receiver.answer(500)
    const mock = await open('mercado-pago', { url: receiver.url })
    await mock.mint()
    await mock.webhooks.settled()
    await mock.close()
    await mock.mint()
    await mock.clock.advance('30d')
    expect(receiver.received).toHaveLength(1)
    expect(states(mock.webhooks.list())).toEqual(['undeliverable'])
  })

  it('gives the same bytes for the same seed', async () => {
    const run = async () => {
      const receiver = await receive('/hooks', 0)
      receiver.answer(500, 200)
      const mock = await open('mercado-pago@2024', { url: receiver.url }, 'same')
      await mock.grants.revoke((await mock.mint()).grant.id)
      await mock.clock.advance('1d')
      return receiver.received.map(({ target, headers, body }) => [
        target,
        headers['x-request-id'],
        headers['x-signature'],
        body,
      ])
    }
    expect(await run()).toEqual(await run())
  })
})
