import https from 'node:https'
import { beforeAll, describe, expect, it } from 'vitest'
import { clientOf } from '../fetch/stage.ts'
import { intercepted, type Msw, versions } from './versions.ts'

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })

describe.each(versions)('handlers of $name', ({ load }) => {
  let msw: Msw
  beforeAll(async () => {
    msw = await load()
  })

  it('answer the real hosts of several providers and environments from the state of the mock', async () => {
    const { mock } = await intercepted(msw, { providers: ['mekari', 'mercury', 'finexer'] })
    const names = ['mekari', 'mekari:sandbox', 'mercury', 'mercury:sandbox', 'finexer']
    for (const provider of names) {
      const { accessToken } = await mock.mint({ provider })
      for (const other of names) {
        const { status } = await fetch(mock.provider(other).apiUrl, bearer(accessToken))
        expect([provider, other, status === 200]).toEqual([provider, other, provider === other])
      }
    }
    expect(mock.requests()).toHaveLength(names.length ** 2)
  })

  it('let through what they do not know: to the handlers behind them, or to nobody', async () => {
    const { mock, server } = await intercepted(msw, { providers: ['mekari'] })
    const unknown = 'https://account.mekari.com/nothing'
    await expect(fetch(unknown)).rejects.toThrow()
    await expect(fetch('https://app.example/')).rejects.toThrow()
    server.resetHandlers(
      ...msw.oauthHandlers(mock),
      msw.http.get('https://account.mekari.com/*', () => msw.HttpResponse.text('mine')),
    )
    expect(await (await fetch(unknown)).text()).toBe('mine')
    expect(await (await fetch(mock.provider().authorizeUrl)).text()).not.toBe('mine')
    expect(mock.requests()).toHaveLength(1)
  })

  it('leave a wrong method at a known path to the provider', async () => {
    const { mock } = await intercepted(msw, { providers: ['mekari'] })
    const answer = await fetch(mock.provider().tokenUrl)
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST, DELETE, OPTIONS'])
    expect(mock.explain().kind).toBe('method_not_allowed')
  })

  it('are overridden for a test, and back after it', async () => {
    const { mock, server } = await intercepted(msw, { providers: ['mekari'] })
    const { tokenUrl, refresh } = clientOf(mock)
    server.use(msw.http.post(tokenUrl, () => msw.HttpResponse.json({ error: 'mine' }, { status: 418 }), { once: true }))
    expect((await refresh(fetch)).status).toBe(418)
    expect((await refresh(fetch)).status).toBe(200)
    server.use(msw.http.post(tokenUrl, () => msw.HttpResponse.error()))
    await expect(refresh(fetch)).rejects.toThrow(TypeError)
    server.resetHandlers()
    expect((await refresh(fetch)).status).toBe(200)
    expect(mock.requests({ endpoint: 'token' })).toHaveLength(2)
  })

  it('never answer what is passed through, nor a server of the mock’s own', async () => {
    const { mock, server } = await intercepted(msw, { providers: ['mekari'] })
    const { url } = await mock.listen({ port: 0 })
    server.use(msw.http.all(`${url}/*`, () => msw.passthrough()))
    const { accessToken } = await mock.mint()
    const { pathname } = new URL(mock.provider().apiUrl)
    expect((await fetch(`${url}/mekari${pathname}`, bearer(accessToken))).status).toBe(200)
    expect(mock.requests()).toHaveLength(1)
  })

  it('play what the mock plays by then', async () => {
    const { mock } = await intercepted(msw, { providers: ['mekari'] })
    await mock.reconfigure({ providers: ['mercury'] })
    const { accessToken } = await mock.mint()
    expect((await fetch(mock.provider().apiUrl, bearer(accessToken))).status).toBe(200)
    await expect(fetch('https://account.mekari.com/auth')).rejects.toThrow()
  })

  it('of worlds side by side keep their states apart', async () => {
    const { mock, server } = await intercepted(msw, { providers: ['mekari'] })
    const seen = await Promise.all(
      ['a', 'b', 'c'].map((name) =>
        server.boundary(async () => {
          const world = await mock.world(name)
          server.use(...msw.oauthHandlers(world))
          const { refreshToken } = await world.mint()
          const { refresh } = clientOf(world)
          const statuses: number[] = []
          for (let i = 0; i < 2; i++) statuses.push((await refresh(fetch, {}, refreshToken)).status)
          return [world.requests().length, ...statuses]
        })(),
      ),
    )
    expect(seen).toEqual(Array(3).fill([2, 200, 400]))
    expect(mock.requests()).toEqual([])
  })

  it('of one world know no other', async () => {
    const { mock, world } = await intercepted(msw, { providers: ['mekari'] }, (mock) => mock.world('a'))
    const { accessToken } = await mock.mint()
    expect((await fetch(world.provider().apiUrl, bearer(accessToken))).status).toBe(401)
    expect([world.requests().length, mock.requests().length]).toEqual([1, 0])
  })

  it('are refused where two providers share a host', async () => {
    const providers = ['mekari', 'mercado-pago', 'mercado-pago@2024']
    await expect(intercepted(msw, { providers })).rejects.toMatchObject({
      name: 'MockOAuthError',
      code: 'host_ambiguous',
      message:
        'https://auth.mercadopago.com.ar is a host of mercado-pago and of mercado-pago@2024, and MSW tells a provider by its host alone. Play one of them: leave "mercado-pago@2024" or "mercado-pago" out of createMockOAuth({ providers: […] }).',
    })
  })

  it('break the network where a fault does, and what was done is done', async () => {
    const { mock } = await intercepted(msw, { providers: ['mekari'] })
    const { refresh } = clientOf(mock)
    mock.faults.arm('token drop after')
    const { refreshToken } = await mock.mint()
    await expect(refresh(fetch, {}, refreshToken)).rejects.toThrow(TypeError)
    expect((await refresh(fetch, {}, refreshToken)).status).toBe(400)
    expect(mock.explain().kind).toBe('refresh_token_reused')
    mock.faults.arm('token truncate bytes=7')
    await expect(refresh(fetch).then((answer) => answer.text())).rejects.toThrow(TypeError)
    mock.faults.arm('token slow bytesPerSecond=2000')
    expect(await (await refresh(fetch)).text()).toBe(mock.requests().at(-1)?.response.body)
    mock.faults.arm('token hang')
    const client = new AbortController()
    const hanging = refresh(fetch, { signal: client.signal })
    await expect.poll(() => mock.faults.list().at(-1)?.fired).toBe(1)
    client.abort(new Error('enough'))
    await expect(hanging).rejects.toThrow('enough')
  })

  it('break it for a program that speaks HTTP by itself as well', async () => {
    const { mock } = await intercepted(msw, { providers: ['mekari'] })
    const { tokenUrl } = mock.provider()
    const ask = () =>
      new Promise<number>((resolve, reject) => {
        https
          .request(tokenUrl, { method: 'POST' }, ({ statusCode = 0 }) => resolve(statusCode))
          .on('error', reject)
          .end()
      })
    mock.faults.arm('token drop')
    await expect(ask()).rejects.toThrow()
    expect(mock.faults.list()[0]?.fired).toBe(1)
    expect(await ask()).toBe(400)
  })

  it('send webhooks by fetch, which another handler receives', async () => {
    const { mock, server } = await intercepted(msw, {
      providers: ['mekari', 'finexer'],
      client: { webhooks: { url: 'https://app.example/webhooks' } },
    })
    const received = new Promise<string>((resolve) => {
      server.use(
        msw.http.post('https://app.example/webhooks', async ({ request }) => {
          resolve(await request.text())
          return new msw.HttpResponse(null, { status: 204 })
        }),
      )
    })
    const event = await mock.webhooks.test({ provider: 'finexer' })
    expect(await received).toBe(event.body)
    expect(mock.webhooks.list()).toMatchObject([{ state: 'delivered', attempts: [{ status: 204 }] }])
  })
})
