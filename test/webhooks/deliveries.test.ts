import { createHmac } from 'node:crypto'
import { createMockOAuth } from 'mock-oauth'
import { describe, expect, it } from 'vitest'
import { actionsOf, attemptsOf, states } from './attempts.ts'
import { type Received, receive } from './receiver.ts'
import { open, start } from './stage.ts'

const hmac = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('hex')
const nothing: Received = { method: '', target: '', headers: {}, body: '' }

describe('a delivery', () => {
  it('is signed over time and body', async () => {
    const receiver = await receive('/hooks?from=mock')
    const mock = await open('finexer', { url: receiver.url, secret: 'a secret' })
    const { grant } = await mock.mint()
    await mock.grants.revoke(grant.id)
    await mock.webhooks.settled()
    expect(receiver.received).toHaveLength(1)
    const [{ method, target, headers, body } = nothing] = receiver.received
    expect([method, target]).toEqual(['POST', '/hooks?from=mock'])
    expect(headers['content-type']).toBe('application/json')
    const time = '2026-03-01T12:00:00.000Z'
    expect(headers['fx-signature']).toBe(`t=${time};s=${hmac('a secret', `${time}.${body}`)}`)
    const { id } = JSON.parse(body)
    const object = { object: 'authorization', account_id: JSON.parse(body).data.object.account_id }
    expect(object.account_id).toMatch(/^acc_\w+$/)
    expect(body).toBe(
      JSON.stringify({
        id,
        object: 'event',
        type: 'oauth.authorization.revoked',
        data: {
          object: {
            ...object,
            app_id: grant.clientId,
            scope: grant.scope.replaceAll(' ', ','),
            revoked_at: time,
          },
        },
      }),
    )
    expect(id).toMatch(/^evt_\w+$/)
  })

  it('names the account as the token answer does, also where its body is flat', async () => {
    const receiver = await receive()
    const webhooks = { url: receiver.url }
    const assume = { 'finexer.webhook-body': 'flat' }
    await using mock = await createMockOAuth({ providers: ['finexer'], client: { webhooks }, assume })
    const { grant, answer } = await mock.mint()
    await mock.grants.revoke(grant.id)
    await mock.webhooks.settled()
    const { account_id } = answer as { account_id: string }
    const told = JSON.parse(receiver.received[0]?.body ?? '{}')
    expect(told).toMatchObject({ object: 'event', data: { object: 'authorization', account_id } })
  })

  it('is signed over ids and time, and carries them in query and headers', async () => {
    const receiver = await receive('/hooks?from=mock')
    const mock = await open('mercado-pago@2024', { url: receiver.url, secret: 'a secret' })
    const { grant } = await mock.mint()
    const { id: clientId, ownerId } = await mock.clients.find(grant.clientId)
    await mock.webhooks.settled()
    expect(receiver.received).toHaveLength(1)
    const [{ target, headers, body } = nothing] = receiver.received
    const seller = grant.userId ?? ''
    expect(target).toBe(`/hooks?from=mock&data.id=${seller}&type=mp-connect`)
    const requestId = String(headers['x-request-id'])
    expect(requestId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    const ts = start / 1000
    const v1 = hmac('a secret', `id:${seller};request-id:${requestId};ts:${ts};`)
    expect(headers['x-signature']).toBe(`ts=${ts},v1=${v1}`)
    const { id } = JSON.parse(body)
    expect(id).toBeTypeOf('number')
    expect(body).toBe(
      JSON.stringify({
        action: 'application.authorized',
        api_version: 'v1',
        application_id: clientId,
        data: { id: seller },
        date_created: '2026-03-01T12:00:00Z',
        id,
        live_mode: true,
        type: 'mp-connect',
        user_id: Number(ownerId),
      }),
    )
  })

  it('counts its time in milliseconds, and the seller as the user, where that is assumed', async () => {
    const receiver = await receive()
    const assume = {
      'mercado-pago@2024.signature-time': 'milliseconds',
      'mercado-pago@2024.notification-user': 'seller',
    }
    const client = { webhooks: { url: receiver.url, secret: 'a secret' } }
    await using mock = await createMockOAuth({ providers: ['mercado-pago@2024'], client, assume })
    await mock.clock.move({ set: '2026-03-01T12:00:00.123Z', freeze: true })
    const { grant } = await mock.mint()
    await mock.webhooks.settled()
    const [{ headers, body } = nothing] = receiver.received
    const text = `id:${grant.userId};request-id:${headers['x-request-id']};ts:${start + 123};`
    expect(headers['x-signature']).toBe(`ts=${start + 123},v1=${hmac('a secret', text)}`)
    expect(JSON.parse(body)).toMatchObject({ user_id: Number(grant.userId), data: { id: grant.userId } })
  })

  it('names its kind, what happened and the seller, and is not signed where the provider does not sign', async () => {
    const receiver = await receive()
    const mock = await open('mercado-pago', { url: receiver.url })
    const { grant } = await mock.mint()
    await mock.grants.revoke(grant.id, 'user')
    await mock.webhooks.settled()
    const told = receiver.received.map(({ body }) => JSON.parse(body))
    expect(told).toMatchObject([
      { type: 'mp-connect', action: 'application.authorized', data: { id: grant.userId } },
      { type: 'mp-connect', action: 'application.deauthorized', data: { id: grant.userId } },
    ])
    expect(grant.userId).toBeTypeOf('string')
    for (const { headers } of receiver.received) {
      expect(headers).not.toHaveProperty('x-signature')
      expect(headers).not.toHaveProperty('x-request-id')
    }
  })

  it('has a request id and a signature of its own at each attempt, and the same body', async () => {
    const receiver = await receive()
    receiver.answer(500, 200)
    const mock = await open('mercado-pago@2024', { url: receiver.url })
    await mock.mint()
    await mock.clock.advance('1d')
    const [first = nothing, second = nothing] = receiver.received
    expect(receiver.received).toHaveLength(2)
    expect(second.body).toBe(first.body)
    expect(second.headers['x-request-id']).not.toBe(first.headers['x-request-id'])
    expect(second.headers['x-signature']).toMatch(new RegExp(`^ts=${start / 1000 + 900},v1=`))
  })

  it('is never waited for by the request that caused it', async () => {
    const receiver = await receive()
    receiver.answer('hang')
    const mock = await open('mercado-pago@2024', { url: receiver.url })
    const { grant } = await mock.mint()
    await mock.grants.revoke(grant.id, 'client')
    expect(states(mock.webhooks.list())).toEqual(['pending', 'pending'])
    await receiver.gets(1)
    expect(states(mock.webhooks.list())).toEqual(['pending', 'pending'])
  })

  it('comes in the order of the events', async () => {
    const receiver = await receive()
    const mock = await open('mercado-pago@2024', { url: receiver.url })
    for (let i = 0; i < 5; i++) await mock.grants.revoke((await mock.mint()).grant.id)
    await mock.webhooks.settled()
    const pair = ['application.authorized', 'application.deauthorized']
    expect(actionsOf(receiver.received)).toEqual([...pair, ...pair, ...pair, ...pair, ...pair])
  })

  it('follows no redirect', async () => {
    const elsewhere = await receive()
    const receiver = await receive()
    receiver.answer((response) => response.writeHead(307, { location: elsewhere.url }).end())
    const mock = await open('mercado-pago@2024', { url: receiver.url })
    await mock.mint()
    await mock.webhooks.settled()
    expect(attemptsOf(mock.webhooks.list()[0])).toEqual([[0, 307]])
    expect(elsewhere.received).toHaveLength(0)
  })

  it('counts by the status alone, however long the answer goes on', async () => {
    const receiver = await receive()
    receiver.answer((response) => response.writeHead(200).write('x'.repeat(100_000)))
    const mock = await open('mercado-pago@2024', { url: receiver.url })
    await mock.mint()
    await mock.webhooks.settled()
    expect(states(mock.webhooks.list())).toEqual(['delivered'])
  })

  it('says that it failed where Node keeps the status to itself', async () => {
    const receiver = await receive()
    receiver.answer(407)
    const mock = await open('mercado-pago@2024', { url: receiver.url })
    await mock.mint()
    await mock.webhooks.settled()
    expect(attemptsOf(mock.webhooks.list()[0])).toEqual([[0, 'fetch failed']])
  })

  it('counts with 200 and 201 alone where the provider says so', async () => {
    const receiver = await receive()
    receiver.answer(202, 204, 201)
    const mock = await open('mercado-pago@2024', { url: receiver.url })
    await mock.mint()
    await mock.clock.advance('5d')
    expect(mock.webhooks.list()[0]?.attempts.map(({ status }) => status)).toEqual([202, 204, 201])
  })
})
