import * as openid from 'openid-client'
import { describe, expect, it } from 'vitest'
import { call, connection, struck } from './struck.ts'

/** Refreshes of pairs of their own, each sent once the one before it is held; their answers. */
async function refreshes({ mock, tokenUrl, refreshWith }: Awaited<ReturnType<typeof struck>>, many: number, id = 'f1') {
  const tokens: string[] = []
  const answers: ReturnType<typeof call>[] = []
  for (let i = 1; i <= many; i++) {
    const { refreshToken = '' } = await mock.mint()
    tokens.push(refreshToken)
    const held = mock.faults.gathered(id, i)
    answers.push(call(tokenUrl, { method: 'POST', body: refreshWith(refreshToken) }))
    await held
  }
  return { tokens, answers: await Promise.all(answers) }
}

/** In which order the refreshes were done, by place of arrival. */
const orderOf = (mock: Awaited<ReturnType<typeof struck>>['mock'], tokens: readonly string[]) =>
  mock.requests({ endpoint: 'token' }).map(({ request }) => tokens.findIndex((one) => request.body.includes(one)) + 1)

describe('requests that are held', () => {
  it.each([
    ['', [1, 2, 3, 4]],
    [' order=arrival', [1, 2, 3, 4]],
    [' order=reverse', [4, 3, 2, 1]],
    [' order=2,4,1,3', [2, 4, 1, 3]],
  ])('are let go once they are so many: hold count=4%s', async (order, expected) => {
    for (const at of ['before', 'after']) {
      const stage = await struck(`token:refresh_token hold ${at} count=4${order}`)
      const { tokens, answers } = await refreshes(stage, 4)
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
      expect(orderOf(stage.mock, tokens)).toEqual(expected)
      expect(stage.mock.requests({ endpoint: 'token' }).map(({ faults }) => faults?.[0]?.words)).toEqual(
        [1, 2, 3, 4].map((place) => expect.stringMatching(`^held .*number ${place} of 4$`)),
      )
    }
  })

  it.each([
    ['before', 200, 400],
    ['after', 400, 200],
  ])('%s the work leave a token for another call, which answers %i, then themselves %i', async (at, other, held) => {
    const { mock, tokenUrl, refreshWith } = await struck(`token hold ${at} count=9 nth=1`)
    const body = refreshWith((await mock.mint()).refreshToken ?? '')
    const first = call(tokenUrl, { method: 'POST', body })
    await mock.faults.gathered('f1')
    expect((await call(tokenUrl, { method: 'POST', body })).status).toBe(other)
    expect(mock.requests()).toHaveLength(1)
    mock.faults.release('f1')
    expect((await first).status).toBe(held)
  })

  it('are so many exactly, however many come at once', async () => {
    const { mock, apiUrl, url } = await struck('api hold count=5 times=2 nth=3-1000')
    const { accessToken } = await mock.mint()
    const headers = { authorization: `Bearer ${accessToken}` }
    const answers = await Promise.all(Array.from({ length: 200 }, () => call(apiUrl, { headers })))
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    expect(mock.faults.list()).toMatchObject([{ seen: 200, fired: 10, waiting: 0 }])
    const places = mock.requests().flatMap(({ faults = [] }) => faults.map(({ words }) => words.slice(-6)))
    expect(places).toEqual([1, 2, 3, 4, 5, 1, 2, 3, 4, 5].map((place) => `${place} of 5`))
    expect((await (await fetch(`${url}/_mock/faults`)).json())[0]).toMatchObject({ fired: 10 })
  })

  it('are let go by a call, and the barrier is spent', async () => {
    const { mock, apiUrl, url } = await struck('api hold count=9 order=reverse')
    const calls = [call(apiUrl, {}), call(apiUrl, {})]
    await mock.faults.gathered('f1', 2)
    const faults = await (await fetch(`${url}/_mock/faults`)).json()
    expect(faults).toMatchObject([{ id: 'f1', seen: 2, fired: 2, waiting: 2, text: 'api hold count=9 order=reverse' }])
    const released = await fetch(`${url}/_mock/faults/f1/release`, { method: 'POST' })
    expect([released.status, await released.json()]).toEqual([200, { released: 2 }])
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([401, 401])
    expect((await call(apiUrl, {})).status).toBe(401)
    expect(mock.faults.release('f1')).toEqual({ released: 0 })
    expect(mock.faults.list()).toMatchObject([{ fired: 2 }])
  })

  it('are let go when their fault is taken away', async () => {
    const { mock, apiUrl } = await struck('api hold count=9')
    const held = call(apiUrl, {})
    const more = expect(mock.faults.gathered('f1', 2)).rejects.toMatchObject({ code: 'unknown_fault' })
    await mock.faults.gathered('f1')
    mock.faults.remove('f1')
    expect((await held).status).toBe(401)
    await more
  })

  it('are let go after a time', async () => {
    const { mock, apiUrl } = await struck('api hold count=9 forMs=60')
    const begun = performance.now()
    const calls = [call(apiUrl, {}), call(apiUrl, {})]
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([401, 401])
    expect(performance.now() - begun).toBeGreaterThan(55)
    expect(mock.faults.list()).toMatchObject([{ fired: 2, waiting: 0 }])
  })

  it.each(['before', 'after'])('%s the work are forgotten by a reset', async (at) => {
    const { mock, tokenUrl, refreshWith } = await struck(`token hold ${at} count=9 order=arrival`)
    const { refreshToken = '' } = await mock.mint()
    const held = call(tokenUrl, { method: 'POST', body: refreshWith(refreshToken) })
    const more = expect(mock.faults.gathered('f1', 2)).rejects.toMatchObject({ code: 'unknown_fault' })
    await mock.faults.gathered('f1')
    expect(await mock.reset()).toEqual({ unfired: [] })
    expect(await held).toMatchObject({ status: 0, error: 'ECONNRESET' })
    await more
    expect([mock.requests(), mock.faults.list(), await mock.grants.list()]).toEqual([[], [], []])
  })

  it('are done as well where their client has left', async () => {
    const { mock, url, tokenUrl, refreshWith, refreshRequest } = await struck('token hold count=2')
    const { send, socket, closed } = await connection(url)
    send(await refreshRequest())
    await mock.faults.gathered('f1')
    socket.destroy()
    await closed
    const body = refreshWith((await mock.mint()).refreshToken ?? '')
    expect((await call(tokenUrl, { method: 'POST', body })).status).toBe(200)
    expect(mock.requests({ endpoint: 'token' }).map(({ response }) => response.status)).toEqual([200, 200])
  })

  it('are let go without a port as well', async () => {
    const { mock } = await struck('api hold count=2')
    const request = { method: 'GET', url: mock.provider().apiUrl, headers: {}, body: '' }
    const [first, second] = [mock.handle(request), mock.handle(request)]
    expect([(await first).status, (await second).status]).toEqual([401, 401])
    mock.faults.arm('api hold count=2')
    const third = mock.handle(request)
    await mock.close()
    expect((await third).delivery).toEqual({ drop: true })
  })

  it('are judged by the time at which they are let go', async () => {
    const { mock, apiUrl } = await struck('api hold count=9')
    const { accessToken } = await mock.mint()
    const held = call(apiUrl, { headers: { authorization: `Bearer ${accessToken}` } })
    await mock.faults.gathered('f1')
    await mock.clock.advance('61m')
    mock.faults.release('f1')
    expect((await held).status).toBe(401)
    expect(mock.explain().kind).toBe('access_token_expired')
  })

  it('are of a hold alone', async () => {
    const { mock } = await struck('api drop')
    expect(() => mock.faults.release('f1')).toThrow('f1 holds nobody: it is a fault of the kind drop')
    await expect(mock.faults.gathered('f9')).rejects.toMatchObject({ code: 'unknown_fault' })
  })
})

describe('the lost reply', () => {
  it('rotates the token, and openid-client never learns', async () => {
    const { mock, url } = await struck([], { providers: ['standard'] })
    const { clientId, clientSecret } = mock.provider()
    const config = await openid.discovery(new URL(`${url}/standard`), clientId, clientSecret, undefined, {
      execute: [openid.allowInsecureRequests],
    })
    const { refreshToken = '' } = await mock.mint({ scope: 'openid offline_access' })
    mock.faults.arm('token:refresh_token drop after')
    await expect(openid.refreshTokenGrant(config, refreshToken)).rejects.toThrow('fetch failed')
    const lost = mock.requests({ endpoint: 'token' }).at(-1)
    expect(lost).toMatchObject({ refusal: undefined, response: { delivery: { drop: true } }, done: { status: 200 } })
    expect(JSON.parse(lost?.done?.body ?? '')).toMatchObject({ refresh_token: expect.not.stringMatching(refreshToken) })
    await expect(openid.refreshTokenGrant(config, refreshToken)).rejects.toMatchObject({ error: 'invalid_grant' })
    expect(mock.explain().kind).toBe('refresh_token_reused')
  })
})
