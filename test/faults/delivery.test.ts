import { once } from 'node:events'
import { Agent } from 'node:http'
import type { Socket } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { call, connection, struck } from './struck.ts'

const refreshed = '"refresh_token":'

describe('an answer that is dropped', () => {
  it.each(['before', 'after'])('%s the work ends in a reset', async (at) => {
    const { mock, tokenUrl, refreshWith } = await struck(`token drop ${at}`)
    const { refreshToken = '' } = await mock.mint()
    const arrived = await call(tokenUrl, { method: 'POST', body: refreshWith(refreshToken) })
    expect(arrived).toEqual({ status: 0, headers: {}, body: '', error: 'ECONNRESET' })
    const again = await call(tokenUrl, { method: 'POST', body: refreshWith(refreshToken) })
    expect(again.status).toBe(at === 'before' ? 200 : 400)
    const [first] = mock.requests({ endpoint: 'token' })
    expect(first).toMatchObject({
      response: { delivery: { drop: true } },
      faults: [{ id: 'f1', kind: 'drop', at, words: expect.stringContaining('reset') }],
    })
    expect(first?.done?.status).toBe(at === 'before' ? undefined : 200)
  })

  it('takes a connection along that was good before', async () => {
    const { url, refreshRequest } = await struck('token drop nth=2')
    const { send, gets, closed } = await connection(url)
    send(await refreshRequest())
    await gets(/"refresh_token":.*}$/)
    send(await refreshRequest())
    expect(await closed).toBe('ECONNRESET')
  })

  it('is behind one that is still on its way, where requests come in a row', async () => {
    const { url, refreshRequest } = await struck(['token delay after ms=60000', 'token drop after nth=2'])
    const { send, closed } = await connection(url)
    send((await refreshRequest()) + (await refreshRequest()))
    expect(await closed).toBe('ECONNRESET')
  })
})

describe('a client that is left waiting', () => {
  it.each(['hang', 'hang after', 'delay after ms=3600000', 'delay before ms=3600000'])(
    'by %s is let go by a reset, and by the end of the server',
    async (fault) => {
      const { mock, url, refreshRequest } = await struck(`token ${fault} times=2`)
      const first = await connection(url)
      first.send(await refreshRequest())
      await expect.poll(() => mock.faults.list()[0]?.fired).toBe(1)
      await mock.reset()
      expect(await first.closed).toBe('ECONNRESET')
      expect(first.got()).toBe('')
      expect(mock.requests()).toEqual([])

      mock.faults.arm(`token ${fault}`)
      const second = await connection(url)
      second.send(await refreshRequest())
      await expect.poll(() => mock.faults.list()[0]?.fired).toBe(1)
      await mock.close()
      await second.closed
      expect(second.got()).toBe('')
    },
  )

  it('may leave, and another one is served', async () => {
    const { mock, url, tokenUrl, refreshRequest, refreshWith } = await struck('token hang')
    const { send, socket, closed } = await connection(url)
    send(await refreshRequest())
    await expect.poll(() => mock.requests().length).toBe(1)
    socket.destroy()
    await closed
    const { refreshToken = '' } = await mock.mint()
    expect((await call(tokenUrl, { method: 'POST', body: refreshWith(refreshToken) })).status).toBe(200)
  })

  it('for a while is answered in the end', async () => {
    const { mock, tokenUrl, refreshWith } = await struck(['token delay before ms=40', 'token delay after ms=40'])
    const { refreshToken = '' } = await mock.mint()
    const begun = performance.now()
    const arrived = await call(tokenUrl, { method: 'POST', body: refreshWith(refreshToken) })
    expect(performance.now() - begun).toBeGreaterThan(75)
    expect(arrived).toMatchObject({ status: 200, body: expect.stringContaining(refreshed) })
    expect(mock.requests()[0]?.faults?.map(({ words }) => words)).toEqual([
      '40 ms passed before anything was done',
      'all was done, and the answer was kept back for 40 ms',
    ])
  })
})

describe('an answer that breaks off', () => {
  it.each([
    ['', (length: number) => Math.floor(length / 2)],
    [' bytes=7', () => 7],
    [' bytes=0', () => 0],
    [' bytes=99999', (length: number) => length - 1],
  ])('truncated%s has the length of the whole, and a part of it', async (bytes, part) => {
    const { mock, tokenUrl, refreshWith } = await struck(`token truncate${bytes}`)
    const { refreshToken = '' } = await mock.mint()
    const arrived = await call(tokenUrl, { method: 'POST', body: refreshWith(refreshToken) })
    const whole = mock.requests()[0]?.done?.body ?? ''
    expect(arrived).toMatchObject({ status: 200, error: 'ECONNRESET' })
    expect(arrived.headers['content-length']).toBe(String(whole.length))
    expect(arrived.body).toBe(whole.slice(0, part(whole.length)))
  })

  it('is an error to fetch, after which the tokens are rotated all the same', async () => {
    const { mock, tokenUrl, refreshWith } = await struck('token truncate')
    const { refreshToken = '' } = await mock.mint()
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: refreshWith(refreshToken),
    }
    const answer = await fetch(tokenUrl, init)
    await expect(answer.text()).rejects.toThrow('terminated')
    expect((await fetch(tokenUrl, init)).status).toBe(400)
  })
})

describe('an answer that is slow', () => {
  it('comes whole, in small pieces', async () => {
    const { mock, tokenUrl, refreshWith } = await struck('token slow bytesPerSecond=1000')
    const { refreshToken = '' } = await mock.mint()
    const begun = performance.now()
    const arrived = await call(tokenUrl, { method: 'POST', body: refreshWith(refreshToken) })
    const whole = mock.requests()[0]?.done?.body
    expect(arrived).toMatchObject({ status: 200, body: whole })
    expect(performance.now() - begun).toBeGreaterThan(95)
  })

  it('may break off as well', async () => {
    const { mock, tokenUrl, refreshWith } = await struck(['token slow bytesPerSecond=500', 'token truncate bytes=120'])
    const { refreshToken = '' } = await mock.mint()
    const arrived = await call(tokenUrl, { method: 'POST', body: refreshWith(refreshToken) })
    const whole = mock.requests()[0]?.done?.body
    expect(arrived).toMatchObject({ status: 200, body: whole?.slice(0, 120), error: 'ECONNRESET' })
  })
})

describe('a connection that is closed behind the answer', () => {
  it('is not announced', async () => {
    const { url, refreshRequest } = await struck('token close')
    const { send, closed, got } = await connection(url)
    send(await refreshRequest())
    expect(await closed).toBeUndefined()
    expect(got()).toMatch(/^HTTP\/1\.1 200 .*"refresh_token":.*}$/s)
    expect(got()).toMatch(/^connection: keep-alive\r$/im)
  })

  it('fails the client that uses it again', async () => {
    const { url, refreshRequest } = await struck('token close')
    const { send, closed, got } = await connection(url)
    send((await refreshRequest()) + (await refreshRequest()))
    await closed
    expect(got().match(/^HTTP\/1\.1/gm)).toHaveLength(1)
  })

  it('costs an agent its connection', async () => {
    const { mock, tokenUrl, refreshWith } = await struck('token close')
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    onTestFinished(() => agent.destroy())
    const refresh = async () =>
      call(tokenUrl, { method: 'POST', body: refreshWith((await mock.mint()).refreshToken ?? ''), agent })
    const freed = new Promise<Socket>((resolve) => agent.once('free', resolve))
    expect((await refresh()).status).toBe(200)
    const first = await freed
    if (!first.destroyed) await once(first, 'close')
    const freedAgain = new Promise<Socket>((resolve) => agent.once('free', resolve))
    expect((await refresh()).status).toBe(200)
    expect((await freedAgain) === first).toBe(false)
    expect((await refresh()).status).toBe(200)
  })
})

describe('many calls at once', () => {
  it('are struck as often as was said, and no more', async () => {
    const { mock, apiUrl } = await struck('api drop times=7')
    const { accessToken } = await mock.mint()
    const headers = { authorization: `Bearer ${accessToken}` }
    const arrived = await Promise.all(Array.from({ length: 200 }, () => call(apiUrl, { headers })))
    expect(arrived.filter(({ error }) => error === 'ECONNRESET')).toHaveLength(7)
    expect(arrived.filter(({ status }) => status === 200)).toHaveLength(193)
    expect(mock.faults.list()).toMatchObject([{ fired: 7, seen: 200 }])
  })

  it('leave nothing behind', async () => {
    const sockets = () => process.getActiveResourcesInfo().filter((one) => one === 'TCPSocketWrap').length
    const before = sockets()
    const { mock, apiUrl } = await struck('api hang times=300')
    const allHang = new Promise<void>((resolve) => {
      let left = 300
      mock.onExchange(() => --left === 0 && resolve())
    })
    const calls = Array.from({ length: 300 }, () => call(apiUrl, {}))
    await allHang
    expect(sockets()).toBeGreaterThan(before + 300)
    await mock.reset()
    for (const { error } of await Promise.all(calls)) expect(error).toBe('ECONNRESET')
    await expect.poll(sockets).toBeLessThanOrEqual(before)
  })
})

describe('a call without a port', () => {
  it('brings the delivery as data', async () => {
    const { mock } = await struck('api truncate bytes=3')
    const { accessToken } = await mock.mint()
    const request = {
      method: 'GET',
      url: mock.provider().apiUrl,
      headers: { authorization: `Bearer ${accessToken}` },
      body: '',
    }
    expect((await mock.handle(request)).delivery).toEqual({ truncateAt: 3 })
  })
})
