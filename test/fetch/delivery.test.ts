import { describe, expect, it, onTestFinished } from 'vitest'
import { played } from './stage.ts'

/** What nobody caught, during a test. */
function uncaught(): unknown[] {
  const seen: unknown[] = []
  const see = (reason: unknown) => seen.push(reason)
  process.on('unhandledRejection', see)
  onTestFinished(() => void process.off('unhandledRejection', see))
  return seen
}
const turn = () => new Promise((resolve) => setImmediate(resolve))

const reset = { name: 'TypeError', message: 'fetch failed', cause: { code: 'ECONNRESET' } }
const brokenOff = { name: 'TypeError', message: 'terminated', cause: { code: 'ECONNRESET' } }

describe('an answer that a fault drops', () => {
  it.each(['before', 'after'])('%s the work is a rejection as of a reset connection', async (at) => {
    const { mock, fetch, refresh } = await played({ faults: [`token drop ${at}`] })
    const { refreshToken } = await mock.mint()
    await expect(refresh(fetch, {}, refreshToken)).rejects.toMatchObject(reset)
    expect((await refresh(fetch, {}, refreshToken)).status).toBe(at === 'before' ? 200 : 400)
    expect(mock.requests()[0]?.done?.status).toBe(at === 'before' ? undefined : 200)
  })
})

describe('an answer that breaks off', () => {
  it('comes as far as it comes, with the length that was promised', async () => {
    const { mock, fetch, refresh } = await played({ faults: ['token truncate bytes=10'] })
    const answer = await refresh(fetch)
    const whole = mock.requests()[0]?.response.body ?? ''
    expect([answer.status, answer.headers.get('content-length')]).toEqual([200, String(whole.length)])
    const reader = answer.body?.getReader() ?? expect.fail('no body')
    const { value } = await reader.read()
    expect(new TextDecoder().decode(value)).toBe(whole.slice(0, 10))
    await expect(reader.read()).rejects.toMatchObject(brokenOff)
  })

  it('is no whole one for whoever reads it at once', async () => {
    const { fetch, refresh } = await played({ faults: ['token truncate'] })
    await expect((await refresh(fetch)).json()).rejects.toMatchObject(brokenOff)
  })

  it('disturbs nobody who leaves it unread, or gives it up', async () => {
    const seen = uncaught()
    const { fetch, refresh } = await played({ faults: ['token truncate nth=1-2'] })
    await refresh(fetch)
    await (await refresh(fetch)).body?.cancel()
    await turn()
    expect(seen).toEqual([])
  })

  it('has no body to break off where HEAD is asked', async () => {
    const { mock, fetch, apiUrl } = await played({ faults: ['api truncate'] })
    const authorization = `Bearer ${(await mock.mint()).accessToken}`
    const answer = await fetch(apiUrl, { method: 'HEAD', headers: { authorization } })
    expect([answer.status, await answer.text()]).toEqual([200, ''])
  })
})

describe('a slow answer', () => {
  it('comes in pieces, and whole', async () => {
    const { mock, fetch, refresh } = await played({ faults: ['token slow bytesPerSecond=800'] })
    const { body } = await refresh(fetch)
    const pieces: string[] = []
    const reader = body?.getReader() ?? expect.fail('no body')
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      pieces.push(new TextDecoder().decode(next.value))
    }
    expect(pieces.length).toBeGreaterThan(1)
    expect(pieces.slice(0, -1).every(({ length }) => length === 80)).toBe(true)
    expect(pieces.join('')).toBe(mock.requests()[0]?.response.body)
  })

  it.each(['the client gives up', 'a reset of the world', 'the end of the mock'])('is ended by %s', async (by) => {
    const { mock, fetch, refresh } = await played({ faults: ['token slow bytesPerSecond=1'] })
    const client = new AbortController()
    const reader = (await refresh(fetch, { signal: client.signal })).body?.getReader() ?? expect.fail('no body')
    await reader.read()
    const rest = reader.read()
    if (by === 'the client gives up') client.abort(new Error('enough'))
    else if (by === 'a reset of the world') await mock.reset()
    else await mock.close()
    await expect(rest).rejects.toMatchObject(by === 'the client gives up' ? { message: 'enough' } : brokenOff)
  })
})

describe('an answer that is kept back', () => {
  it.each(['before', 'after'])('for a while, %s the work, comes then', async (at) => {
    const { fetch, refresh } = await played({ faults: [`token delay ${at} ms=30`] })
    const began = performance.now()
    expect((await refresh(fetch)).status).toBe(200)
    expect(performance.now() - began).toBeGreaterThan(25)
  })

  const waits = ['hang', 'hang after', 'delay after ms=3600000', 'delay before ms=3600000', 'hold count=2']

  it.each(waits)('by %s, is given up by the signal, with its reason', async (fault) => {
    const seen = uncaught()
    const { mock, fetch, refresh } = await played({ faults: [`token ${fault}`] })
    const client = new AbortController()
    const asked = refresh(fetch, { signal: client.signal })
    await expect.poll(() => mock.faults.list()[0]?.fired).toBe(1)
    client.abort(new Error('enough'))
    await expect(asked).rejects.toThrow('enough')
    await turn()
    expect(seen).toEqual([])
  })

  it.each(waits)('by %s, is let go by a reset of the world, and by the end of the mock', async (fault) => {
    const { mock, fetch, refresh } = await played({ faults: [`token ${fault}`] })
    const first = refresh(fetch)
    await expect.poll(() => mock.faults.list()[0]?.fired).toBe(1)
    const told = expect(first).rejects.toMatchObject(reset)
    await mock.reset()
    await told
    const second = refresh(fetch)
    await expect.poll(() => mock.faults.list()[0]?.fired).toBe(1)
    const ended = expect(second).rejects.toMatchObject(reset)
    await mock.close()
    await ended
  })

  it('is asked for by nobody who has given up before', async () => {
    const { mock, fetch, refresh } = await played()
    await expect(refresh(fetch, { signal: AbortSignal.abort(new Error('never mind')) })).rejects.toThrow('never mind')
    expect(mock.requests()).toEqual([])
  })
})
