import { createMockOAuth, type MockOAuthOptions } from 'mock-oauth'
import { describe, expect, it, onTestFinished } from 'vitest'

const pair = ['mercado-pago', 'mercado-pago@2024'] as const
const redirect_uri = 'http://localhost:3000/callback'

/** A provider and its dated variant at once: both own the same hosts. */
async function both(options: Partial<MockOAuthOptions> = {}) {
  const mock = await createMockOAuth({ providers: pair, seed: 'both', ...options })
  onTestFinished(() => mock.close())
  return mock
}

/** The same behind a server. */
async function serveBoth(options: Partial<MockOAuthOptions> = {}) {
  const mock = await both(options)
  const listening = await mock.listen({ port: 0 })
  const call = async (path: string, body: object) => {
    const answer = await fetch(`${listening.url}/_mock${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return { status: answer.status, body: await answer.json() }
  }
  return { mock, listening, url: listening.url, call }
}

const askedOf = ({ authorizeUrl, clientId }: { authorizeUrl: string; clientId: string }) =>
  `${authorizeUrl}?${new URLSearchParams({ client_id: clientId, response_type: 'code', state: 's', redirect_uri })}`

const sentence = (origin: string) =>
  `${origin} is a host of mercado-pago and of mercado-pago@2024, and both are played. Play only one of them, or call the one that is meant at a server by its prefix: /mercado-pago or /mercado-pago@2024.`

describe('a host of two played providers', () => {
  it('is refused where nothing tells which one is meant', async () => {
    const mock = await both()
    const url = 'https://api.mercadopago.com/oauth/token'
    expect(await mock.handle({ method: 'POST', url, headers: {}, body: '' })).toEqual({
      status: 421,
      headers: [
        ['content-type', 'text/plain; charset=utf-8'],
        ['date', expect.any(String)],
      ],
      body: `${sentence('https://api.mercadopago.com')}\n`,
    })
    expect(mock.explain()).toMatchObject({ kind: 'host_ambiguous', expected: '/mercado-pago or /mercado-pago@2024' })
  })

  it('is refused by host routing as well', async () => {
    const { url } = await serveBoth()
    const { hostname, port } = new URL(url)
    const { request } = await import('node:http')
    const status = await new Promise((resolve, reject) => {
      const headers = { host: 'api.mercadopago.com' }
      request({ hostname, port, path: '/users/me', headers }, ({ statusCode }) => resolve(statusCode))
        .on('error', reject)
        .end()
    })
    expect(status).toBe(421)
  })

  it('is no place to play the browser at', async () => {
    const mock = await both()
    await expect(mock.authorize(askedOf(mock.provider('mercado-pago')))).rejects.toMatchObject({
      code: 'host_ambiguous',
      message: sentence('https://auth.mercadopago.com.ar'),
    })
    const { call } = await serveBoth()
    expect(await call('/authorize', { url: askedOf(mock.provider('mercado-pago')) })).toMatchObject({ status: 400 })
  })

  it('is as clear as ever when one of them is played', async () => {
    for (const provider of pair) {
      const mock = await both({ providers: [provider] })
      expect(await mock.authorize(askedOf(mock.provider()))).toEqual({
        redirectTo: expect.stringMatching(/\?code=TG-[0-9a-f]{24}-\d+&state=s$/),
      })
    }
  })
})

describe.each(pair)('by its prefix %s', (provider) => {
  it('has URLs of its own, in the ready line and in the control API', async () => {
    const { listening, url } = await serveBoth()
    const expected = {
      baseUrl: `${url}/${provider}`,
      authorizeUrl: `${url}/${provider}/authorization`,
      tokenUrl: `${url}/${provider}/oauth/token`,
      apiUrl: `${url}/${provider}/users/me`,
    }
    expect(listening.provider(provider)).toMatchObject(expected)
    expect(listening.providers()[provider]).toMatchObject(expected)
    const shown = await fetch(`${url}/_mock/providers/${encodeURIComponent(provider)}`)
    expect(await shown.json()).toMatchObject(expected)
  })

  it('plays the browser, embedded and by the control API', async () => {
    const { mock, listening, call } = await serveBoth()
    const url = askedOf(listening.provider(provider))
    const redirectTo = expect.stringMatching(/^http:\/\/localhost:3000\/callback\?code=TG-/)
    expect(await mock.authorize(url)).toEqual({ redirectTo })
    expect(await call('/authorize', { url })).toEqual({ status: 200, body: { redirectTo } })
    expect((await mock.grants.list()).map(({ environment }) => environment)).toEqual([provider, provider])
  })

  it('leads a person over its own pages back to the application', async () => {
    const { mock, listening } = await serveBoth()
    const asked = askedOf(listening.provider(provider))
    const toSignIn = (await fetch(asked, { redirect: 'manual' })).headers.get('location') ?? ''
    expect(toSignIn).toMatch(new RegExp(`^${listening.url}/${provider}/jms/mla/lgz/login/\\?`))
    const page = await fetch(toSignIn)
    const cookie = page.headers.get('set-cookie') ?? ''
    expect(cookie).toContain(`; Path=/${provider}/;`)
    const [seller] = await mock.users.list()
    const signedIn = await fetch(toSignIn, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: cookie.split(';')[0] ?? '', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        user_id: seller?.email ?? '',
        password: seller?.password ?? '',
        csrf: /name="csrf" value="(\w+)"/.exec(await page.text())?.[1] ?? '',
      }),
    })
    expect(signedIn.headers.get('location')).toBe(asked)
    const session = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
    const consent = await (await fetch(asked, { headers: { cookie: session } })).text()
    expect(consent).toContain(`action="${asked.replaceAll('&', '&amp;')}"`)
  })

  it('keeps its tokens to itself', async () => {
    const { mock, listening } = await serveBoth()
    const { accessToken } = await mock.mint({ provider })
    for (const one of pair) {
      const headers = { authorization: `Bearer ${accessToken}` }
      const { status } = await fetch(listening.provider(one).apiUrl, { headers })
      expect([one, status]).toEqual([one, one === provider ? 200 : 401])
    }
  })
})

it('serve without a choice of providers plays them all, each by its prefix', async () => {
  const mock = await createMockOAuth({ seed: 'all', consent: 'approve' })
  onTestFinished(() => mock.close())
  const listening = await mock.listen({ port: 0 })
  for (const [name, { apiUrl }] of Object.entries(listening.providers())) {
    const { accessToken } = await mock.mint({ provider: name })
    const { status } = await fetch(apiUrl, { headers: { authorization: `Bearer ${accessToken}` } })
    expect([name, status]).toEqual([name, 200])
  }
})
