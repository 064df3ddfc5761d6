import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { nobody, receive } from './webhooks/receiver.ts'
import { open } from './webhooks/stage.ts'

const start = Date.UTC(2026, 2, 1, 12)
const hmac = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('hex')
/** Attempts of an event as seconds since the start, and how they ended. */
const attempts = (
  { attempts }: { attempts: readonly { at: number; status?: number; failure?: string }[] } = { attempts: [] },
) => attempts.map(({ at, status, failure }) => [(at - start) / 1000, status ?? failure])

describe('a receiver', () => {
  it('is told, with a signature over time and body', async () => {
    const receiver = await receive('/hooks')
    const mock = await open('finexer', { url: receiver.url, secret: 'whsec_test' })
    const { grant } = await mock.mint()
    await mock.grants.revoke(grant.id)
    await mock.webhooks.settled()
    expect(receiver.received).toHaveLength(1)
    const [{ method, target, headers, body } = { method: '', target: '', headers: {}, body: '' }] = receiver.received
    expect([method, target, headers['content-type']]).toEqual(['POST', '/hooks', 'application/json'])
    expect(headers['fx-signature']).toBe(
      `t=2026-03-01T12:00:00.000Z;s=${hmac('whsec_test', `2026-03-01T12:00:00.000Z.${body}`)}`,
    )
    expect(mock.webhooks.list()).toMatchObject([
      { id: 'w1', state: 'delivered', attempts: [{ at: start, status: 200 }] },
    ])
  })

  it('that fails three times gets it on the fourth', async () => {
    const receiver = await receive()
    const mock = await open('mercado-pago@2024', { url: receiver.url, events: ['application.authorized'] })
    receiver.answer(500, 302, (response) => response.destroy(), 201)
    await mock.mint()
    await mock.webhooks.settled()
    expect(attempts(mock.webhooks.list()[0])).toEqual([[0, 500]])
    await mock.clock.advance('299s')
    expect(receiver.received).toHaveLength(1)
    await mock.clock.advance('1s')
    expect(receiver.received).toHaveLength(2)
    await mock.clock.advance('30d')
    const [event] = mock.webhooks.list()
    expect(attempts(event)).toEqual([
      [0, 500],
      [300, 302],
      [2700, 'UND_ERR_SOCKET'],
      [21600, 201],
    ])
    expect(event).not.toHaveProperty('nextAt')
    expect(receiver.received).toHaveLength(4)
  })

  it('that is down is tried to the end of the schedule', async () => {
    const mock = await open('mercado-pago@2024', { url: await nobody() })
    await mock.mint()
    await mock.clock.advance('5d')
    const [event] = mock.webhooks.list()
    expect(attempts(event)).toEqual([0, 300, 2700, 21600, 172800, 345600].map((at) => [at, 'ECONNREFUSED']))
    expect(event).toMatchObject({ state: 'failed' })
  })

  it('that hangs is given up when its time is over, by the clock', async () => {
    const receiver = await receive()
    receiver.answer('hang')
    const mock = await open('mercado-pago@2024', { url: receiver.url })
    await mock.mint()
    await receiver.gets(1)
    await mock.clock.advance('21s')
    expect(attempts(mock.webhooks.list()[0])).toEqual([[0, undefined]])
    await mock.clock.advance('1s')
    expect(attempts(mock.webhooks.list()[0])).toEqual([[0, 'timed out']])
    receiver.answer(200)
    await mock.clock.advance('278s')
    expect(attempts(mock.webhooks.list()[0])).toEqual([
      [0, 'timed out'],
      [300, 200],
    ])
  })

  it('that fails ten times in a row is left alone until it is registered anew', async () => {
    const receiver = await receive()
    receiver.answer(500)
    const mock = await open('finexer', { url: receiver.url })
    const { grant } = await mock.mint()
    const second = await mock.mint()
    await mock.grants.revoke(grant.id)
    await mock.clock.advance('1h')
    expect(receiver.received).toHaveLength(10)
    await mock.grants.revoke(second.grant.id)
    await mock.clock.advance('1h')
    expect(mock.webhooks.list().map(({ state }) => state)).toEqual(['paused', 'paused'])
    expect(receiver.received).toHaveLength(10)
    receiver.answer(204)
    await mock.clients.change((await mock.client()).id, { webhooks: {} })
    await mock.webhooks.settled()
    expect(mock.webhooks.list().map(({ state }) => state)).toEqual(['delivered', 'delivered'])
    expect(receiver.received).toHaveLength(12)
  })
})
