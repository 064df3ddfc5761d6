import { MercadoPagoConfig, OAuth } from 'mercadopago'
import { createMockOAuth } from 'mock-oauth'
import { oauthHandlers } from 'mock-oauth/msw'
import { setupServer } from 'msw/node'
import { describe, expect, it, onTestFinished } from 'vitest'

const redirect_uri = 'http://localhost:3000/callback'

/** Mercado Pago of 2024 at its own host, within this process: nothing of the library is changed. */
async function intercepted() {
  const mock = await createMockOAuth({ providers: ['mercado-pago@2024'], seed: 'the library' })
  const server = setupServer(...oauthHandlers(mock))
  server.listen({ onUnhandledRequest: 'error' })
  onTestFinished(async () => {
    server.close()
    await mock.close()
  })
  const { clientId: client_id, clientSecret: client_secret = '' } = mock.provider()
  const oauth = new OAuth(new MercadoPagoConfig({ accessToken: 'APP_USR-the-platform', options: { maxRetries: 0 } }))
  /** The seller opens the library's own authorization URL and approves. */
  const approve = async () => {
    const url = oauth.getAuthorizationURL({ options: { client_id, redirect_uri, state: 'a state' } })
    const { redirectTo = '' } = await mock.authorize(url)
    return new URL(redirectTo).searchParams
  }
  const create = (code: string) => oauth.create({ body: { client_id, client_secret, code, redirect_uri } })
  const refresh = (refresh_token: string) => oauth.refresh({ body: { client_id, client_secret, refresh_token } })
  return { mock, approve, create, refresh }
}

describe('the official library for Node.js', () => {
  it('writes an authorization URL that leads back with code and state', async () => {
    const { approve } = await intercepted()
    expect([...(await approve()).entries()]).toEqual([
      ['code', expect.stringMatching(/^TG-[0-9a-f]{24}-\d+$/)],
      ['state', 'a state'],
    ])
  })

  it('creates credentials, and refreshes them as often as it stores the new ones', async () => {
    const { mock, approve, create, refresh } = await intercepted()
    const first = await create((await approve()).get('code') ?? '')
    const [seller] = await mock.users.list()
    expect(first).toMatchObject({
      access_token: expect.stringMatching(/^APP_USR-/),
      token_type: 'Bearer',
      expires_in: 15_552_000,
      scope: 'offline_access read write',
      user_id: Number(seller?.id),
      live_mode: true,
    })
    const second = await refresh(first.refresh_token ?? '')
    const third = await refresh(second.refresh_token ?? '')
    expect(third.public_key).toBe(first.public_key)
    expect(new Set([first, second, third].map(({ refresh_token }) => refresh_token)).size).toBe(3)
    const authorization = `Bearer ${third.access_token}`
    expect((await fetch('https://api.mercadopago.com/users/me', { headers: { authorization } })).status).toBe(200)
  })

  it('is told when it uses a code or a refresh token again', async () => {
    const { approve, create, refresh } = await intercepted()
    const code = (await approve()).get('code') ?? ''
    const { refresh_token = '' } = await create(code)
    await refresh(refresh_token)
    const told = { error: 'invalid_grant', message: expect.stringMatching(/^Error validating grant\. /) }
    await expect(create(code)).rejects.toMatchObject(told)
    await expect(refresh(refresh_token)).rejects.toMatchObject(told)
  })

  it('sends headers of its own, which are tolerated', async () => {
    const { mock, approve, create } = await intercepted()
    await create((await approve()).get('code') ?? '')
    const { headers } = mock.requests({ endpoint: 'token' })[0]?.request ?? { headers: {} }
    expect(Object.keys(headers)).toEqual(expect.arrayContaining(['authorization', 'x-idempotency-key', 'x-product-id']))
  })
})
