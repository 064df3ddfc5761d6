import { describe, expect, it } from 'vitest'
import { actionsOf, states } from './attempts.ts'
import { nobody, receive } from './receiver.ts'
import { open, start } from './stage.ts'

describe('an event', () => {
  it('is listed from the moment it happens, though nobody receives it', async () => {
    const mock = await open('mercado-pago@2024')
    const { grant } = await mock.mint()
    await mock.grants.revoke(grant.id)
    expect(mock.webhooks.list()).toMatchObject([
      { id: 'w1', at: start, event: 'application.authorized', state: 'no receiver', grantId: grant.id, attempts: [] },
      { id: 'w2', at: start, event: 'application.deauthorized', state: 'no receiver', grantId: grant.id, attempts: [] },
    ])
    await mock.grants.revoke(grant.id)
    expect(mock.webhooks.list()).toHaveLength(2)
  })

  it('that the client did not choose is listed and not sent', async () => {
    const receiver = await receive()
    const mock = await open('mercado-pago@2024', { url: receiver.url, events: ['application.deauthorized'] })
    const { grant } = await mock.mint()
    await mock.grants.revoke(grant.id, 'user')
    await mock.webhooks.settled()
    expect(states(mock.webhooks.list())).toEqual(['not chosen', 'delivered'])
    expect(actionsOf(receiver.received)).toEqual(['application.deauthorized'])
  })

  it('comes of each connection and of each end of one, whoever ends it', async () => {
    const receiver = await receive()
    const mock = await open('mercado-pago@2024', { url: receiver.url })
    const [person] = await mock.users.list()
    const other = await mock.clients.register({ webhooks: { url: receiver.url } })
    const last = async () => {
      await mock.webhooks.settled()
      return actionsOf(receiver.received).slice(-1)[0]
    }
    const { authorizeUrl, client } = mock.provider()
    const redirect = `redirect_uri=${encodeURIComponent(client.redirectUris[0] ?? '')}`
    await mock.authorize(`${authorizeUrl}?client_id=${client.clientId}&response_type=code&${redirect}`, {
      decision: 'deny',
    })
    expect(receiver.received).toHaveLength(0)
    await mock.authorize(`${authorizeUrl}?client_id=${client.clientId}&response_type=code&${redirect}`)
    expect(await last()).toBe('application.authorized')
    for (const by of ['user', 'client', 'provider'] as const) {
      const { grant } = await mock.mint({ client: client.clientId })
      expect(await last()).toBe('application.authorized')
      await mock.grants.revoke(grant.id, by)
      expect(await last()).toBe('application.deauthorized')
    }
    await mock.mint({ client: other.id })
    expect(await last()).toBe('application.authorized')
    await mock.clients.remove(other.id)
    expect(await last()).toBe('application.deauthorized')
    await mock.mint({ client: client.clientId })
    expect(await last()).toBe('application.authorized')
    await mock.users.remove(person?.id ?? '')
    expect(await last()).toBe('application.deauthorized')
    // The approved one and the last one: both were that person's.
    expect(actionsOf(receiver.received).filter((action) => action === 'application.deauthorized')).toHaveLength(6)
  })

  it('comes of a revocation by the API, and of nothing that it refuses', async () => {
    const receiver = await receive()
    const mock = await open('finexer', { url: receiver.url })
    const { clientId: client_id, clientSecret: client_secret = '', revokeUrl = '' } = mock.provider()
    const { refreshToken: refresh_token = '' } = await mock.mint()
    const revoke = async (fields: Record<string, string>) => {
      const body = new URLSearchParams(fields).toString()
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      const { status } = await mock.handle({ method: 'POST', url: revokeUrl, headers, body })
      await mock.webhooks.settled()
      return [status, receiver.received.length]
    }
    expect(await revoke({ client_id, client_secret: 'wrong', refresh_token })).toEqual([400, 0])
    expect(await revoke({ client_id, client_secret, refresh_token: 'unknown' })).toEqual([400, 0])
    expect(await revoke({ client_id, client_secret, refresh_token })).toEqual([204, 1])
    expect(await revoke({ client_id, client_secret, refresh_token })).toEqual([400, 1])
    expect(JSON.parse(receiver.received[0]?.body ?? '{}')).toMatchObject({ type: 'oauth.authorization.revoked' })
  })

  it('is told once for all logins that end together', async () => {
    const receiver = await receive()
    const mock = await open('finexer', { url: receiver.url })
    const [first] = [await mock.mint(), await mock.mint()]
    await mock.grants.revoke(first.grant.id)
    const [person] = await mock.users.list()
    await mock.mint()
    await mock.mint()
    await mock.users.remove(person?.id ?? '')
    await mock.webhooks.settled()
    expect(receiver.received).toHaveLength(2)
  })

  it('is kept among the last thousand', async () => {
    const mock = await open('mercado-pago@2024')
    for (let i = 0; i < 1_010; i++) await mock.mint()
    const kept = mock.webhooks.list()
    expect([kept.length, kept[0]?.id, kept.at(-1)?.id]).toEqual([1_000, 'w11', 'w1010'])
  })

  it('that waits for its receiver is not forgotten for one that is done with', async () => {
    const mock = await open('mercado-pago@2024', { url: await nobody() })
    await mock.mint()
    await mock.webhooks.settled()
    await mock.clients.change(mock.provider().client.clientId, { webhooks: null })
    for (let i = 0; i < 1_000; i++) await mock.mint()
    expect(mock.webhooks.list()[0]).toMatchObject({ id: 'w1', state: 'pending', nextAt: start + 900_000 })
  })
})
