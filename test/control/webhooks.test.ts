import { describe, expect, it } from 'vitest'
import { receive } from '../webhooks/receiver.ts'
import { mistake, says, serve } from './serve.ts'

const providers = ['mercado-pago@2024', 'finexer']

describe('webhooks', () => {
  it('are registered with a client, shown with it and taken back', async () => {
    const { control } = await serve({ providers })
    const webhooks = { url: 'http://localhost/hooks', secret: 'x', events: ['application.authorized'] }
    const [provider] = providers
    expect(await control('POST /clients', { provider, id: 'shop', webhooks })).toMatchObject({
      status: 201,
      body: { id: 'shop', webhooks },
    })
    const moved = { ...webhooks, url: 'http://localhost/elsewhere' }
    expect(await control('PATCH /clients/shop', { webhooks: { url: moved.url } })).toMatchObject({
      body: { webhooks: moved },
    })
    const gone = await control('PATCH /clients/shop', { webhooks: null })
    expect(gone.status).toBe(200)
    expect(gone.body).not.toHaveProperty('webhooks')
    expect(await control('GET /clients/shop')).toEqual(gone)
    expect(await control('PATCH /clients/shop', { webhooks: { url: 'nowhere' } })).toEqual(
      mistake(400, 'invalid_client', says('nowhere', 'http')),
    )
    expect(await control('PATCH /clients/shop', { webhooks: { ...webhooks, events: ['payment'] } })).toEqual(
      mistake(400, 'invalid_client', says('payment', 'application.deauthorized')),
    )
    expect(await control('PATCH /clients/shop', { webhooks: { colour: 'red' } })).toEqual(
      mistake(400, 'invalid_request', says('colour')),
    )
    expect(await control('PATCH /clients/shop', { webhooks: 'http://localhost' })).toEqual(
      mistake(400, 'invalid_request'),
    )
  })

  it('are listed by provider and client, without secrets', async () => {
    const receiver = await receive('/hooks?token=CANARY0123456789abcdef')
    const client = { webhooks: { url: receiver.url, secret: 'CANARY0123456789abcdef' } }
    const { control, mock } = await serve({ providers, client })
    await mock.mint({ provider: 'mercado-pago@2024' })
    await mock.grants.revoke((await mock.mint({ provider: 'finexer' })).grant.id)
    await mock.webhooks.settled()
    const ids = async (query: string) =>
      ((await control(`GET /webhooks${query}`)).body as { id: string }[]).map(({ id }) => id)
    expect(await ids('')).toEqual(['w1', 'w2'])
    expect(await ids('?provider=finexer')).toEqual(['w2'])
    expect(await ids(`?client=${mock.provider('mercado-pago@2024').clientId}`)).toEqual(['w1'])
    expect(await ids('?client=nobody')).toEqual([])
    expect(await control('GET /webhooks?provider=acme')).toEqual(mistake(404, 'unknown_provider', says('acme')))
    const { body } = await control('GET /webhooks')
    expect(body).toMatchObject([
      { state: 'delivered', attempts: [{ status: 200, headers: { 'x-request-id': expect.any(String) } }] },
      { state: 'delivered' },
    ])
    const shown = JSON.stringify(body)
    expect(shown).not.toContain('0123456789abcdef')
    for (const { headers } of receiver.received) {
      const [, hex = 'none'] = /(?:v1|;s)=(\w+)/.exec(String(headers['x-signature'] ?? headers['fx-signature'])) ?? []
      expect(hex).toHaveLength(64)
      expect(shown).not.toContain(hex)
    }
  })

  it('are tried and sent again', async () => {
    const receiver = await receive()
    receiver.answer(500, 200)
    const { control } = await serve({ providers, client: { webhooks: { url: receiver.url } } })
    const tried = await control('POST /webhooks/test', { provider: 'finexer' })
    expect(tried).toMatchObject({ status: 201, body: { id: 'w1', test: true, state: 'failed' } })
    expect(await control('POST /webhooks/w1/redeliver')).toMatchObject({ status: 200, body: { state: 'delivered' } })
    expect(await control('POST /webhooks/w2/redeliver')).toEqual(mistake(404, 'unknown_webhook', says('w1 to w1')))
    expect(await control('POST /webhooks/test')).toEqual(mistake(404, 'unknown_provider'))
    expect(await control('POST /webhooks/test', { provider: 'finexer', event: 'x' })).toEqual(
      mistake(400, 'unknown_event', says('oauth.authorization.revoked')),
    )
    expect(receiver.received).toHaveLength(2)
  })

  it('that are due have been tried when the clock has answered', async () => {
    const receiver = await receive()
    receiver.answer(500, 500, 500, 200)
    const { control, mock } = await serve({ providers, client: { webhooks: { url: receiver.url } } })
    await mock.mint({ provider: 'mercado-pago@2024' })
    expect(await control('POST /clock', { advance: '1d', freeze: true })).toMatchObject({ status: 200 })
    expect(receiver.received).toHaveLength(4)
    expect((await control('GET /webhooks')).body).toMatchObject([{ state: 'delivered' }])
  })
})
