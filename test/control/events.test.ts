import { connect } from 'node:net'
import { createParser } from 'eventsource-parser'
import { createMockOAuth, type ListenOptions, type MockOAuth } from 'mock-oauth'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { receive } from '../webhooks/receiver.ts'
import { open as openMock } from '../webhooks/stage.ts'
import { serve } from './serve.ts'

interface Seen {
  readonly id: number
  readonly event: string | undefined
  readonly data: { id: string } & Record<string, unknown>
}

/** Reads the events of a server; they end with the test. */
async function listen(url: string, query = '', headers: Record<string, string> = {}) {
  const stop = new AbortController()
  onTestFinished(() => stop.abort())
  const answer = await fetch(`${url}/_mock/events${query}`, { signal: stop.signal, headers })
  const seen: Seen[] = []
  const comments: string[] = []
  const waiting: (() => void)[] = []
  const parser = createParser({
    onEvent: ({ id, event, data }) => seen.push({ id: Number(id), event, data: JSON.parse(data) }),
    onComment: (comment) => comments.push(comment),
  })
  const read = async () => {
    const decoder = new TextDecoder()
    for await (const chunk of answer.body ?? []) {
      parser.feed(decoder.decode(chunk, { stream: true }))
      for (const look of waiting.splice(0)) look()
    }
  }
  void read().catch(() => {})
  const until = async (isThere: () => boolean) => {
    while (!isThere()) await new Promise<void>((resolve) => waiting.push(resolve))
  }
  return {
    answer,
    comments,
    next: async (count: number) => {
      await until(() => seen.length >= count)
      return seen
    },
    commented: (count: number) => until(() => comments.length >= count),
  }
}

/** Makes so many exchanges of sixty kilobytes. */
async function fill(mock: MockOAuth, count: number): Promise<void> {
  const { tokenUrl: url } = mock.provider()
  const body = JSON.stringify({ note: 'x'.repeat(60_000) })
  for (let i = 0; i < count; i++) {
    await mock.handle({ method: 'POST', url, headers: { 'content-type': 'application/json' }, body })
  }
}

const told = (seen: readonly Seen[]) => seen.map(({ event, data }) => [event, data.id])

describe('the live journal', () => {
  it('tells of each exchange as it happens, as the journal lists it', async () => {
    const { url, control } = await serve()
    await fetch(`${url}/v1/me`)
    const { answer, next } = await listen(url)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
    expect(answer.headers.get('cache-control')).toBe('no-store')
    await fetch(`${url}/v1/me`, { headers: { authorization: 'Bearer CANARY0123456789abcdef' } })
    await fetch(`${url}/auth?client_id=x`)
    const seen = await next(2)
    expect(told(seen)).toEqual([
      ['exchange', 'r2'],
      ['exchange', 'r3'],
    ])
    expect(JSON.stringify(seen)).not.toContain('0123456789abcdef')
    expect(seen.map(({ data }) => data)).toEqual((await control('GET /requests?since=r1')).body)
  })

  it('brings what is kept, from the beginning or after the last event that was seen', async () => {
    const { url } = await serve()
    for (let i = 0; i < 3; i++) await fetch(`${url}/v1/me`)
    const all = await (await listen(url, '?since=0')).next(3)
    expect(told(all).map(([, id]) => id)).toEqual(['r1', 'r2', 'r3'])
    const [, second] = all
    const rest = await listen(url, '', { 'last-event-id': String(second?.id) })
    expect(told(await rest.next(1))).toEqual([['exchange', 'r3']])
    await fetch(`${url}/v1/me`)
    expect(told(await rest.next(2)).at(-1)).toEqual(['exchange', 'r4'])
    // A number that is still to come is of a server that has ended.
    expect(await (await listen(url, '?since=1000')).next(4)).toHaveLength(4)
  })

  it('goes on counting after a reset', async () => {
    const { url, control } = await serve()
    const { next } = await listen(url)
    await fetch(`${url}/v1/me`)
    await control('POST /reset')
    await fetch(`${url}/v1/me`)
    const [before, after] = await next(2)
    expect([before?.data.id, after?.data.id]).toEqual(['r1', 'r1'])
    expect(after?.id).toBeGreaterThan(before?.id ?? Number.NaN)
    expect(told(await (await listen(url, '?since=0')).next(1))).toEqual([['exchange', 'r1']])
  })

  it('tells what becomes of a webhook, without its signature', async () => {
    const receiver = await receive('/hooks?token=CANARY0123456789abcdef')
    const mock = await openMock('mercado-pago@2024', { url: receiver.url, secret: 'CANARY0123456789abcdef' })
    const { url } = await mock.listen({ port: 0 })
    const { next } = await listen(url)
    await mock.mint()
    const seen = await next(3)
    expect(seen.map(({ event, data }) => [event, data.id, data.state])).toEqual([
      ['webhook', 'w1', 'pending'],
      ['webhook', 'w1', 'pending'],
      ['webhook', 'w1', 'delivered'],
    ])
    expect(seen[2]?.data).toEqual(mock.webhooks.list()[0])
    expect(JSON.stringify(seen)).not.toContain('0123456789abcdef')
    const [, v1 = 'none'] = /v1=(\w+)/.exec(String(receiver.received[0]?.headers['x-signature'])) ?? []
    expect(JSON.stringify(seen)).not.toContain(v1)
  })

  it('shows that it is alive while nothing happens', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    onTestFinished(() => void vi.useRealTimers())
    const { url } = await serve()
    const { comments, commented } = await listen(url)
    await commented(1)
    vi.advanceTimersByTime(30_000)
    await commented(3)
    expect(comments).toHaveLength(3)
  })

  it('cuts off a reader that does not read', async () => {
    const mock = await createMockOAuth({ providers: ['mekari'] })
    const { url } = await mock.listen({ port: 0 })
    onTestFinished(() => mock.close())
    const { hostname: host, port } = new URL(url)
    const socket = connect({ host, port: Number(port) })
    onTestFinished(() => void socket.destroy())
    socket.write('GET /_mock/events HTTP/1.1\r\nhost: localhost\r\n\r\n')
    await new Promise((resolve) => socket.once('data', resolve))
    socket.pause()
    const count = 1_400
    await fill(mock, count)
    let text = ''
    const closed = new Promise((resolve) => socket.once('close', resolve))
    socket
      .on('error', () => {})
      .on('data', (chunk) => {
        text += chunk
      })
    await closed
    expect(text.split('event: exchange').length).toBeLessThan(count)
  })

  it('keeps nothing for readers that do not read', async () => {
    const mock = await createMockOAuth({ providers: ['mekari'] })
    const { url } = await mock.listen({ port: 0 })
    onTestFinished(() => mock.close())
    await fill(mock, 1_000)
    const kept = () => process.memoryUsage().heapUsed + process.memoryUsage().external
    const before = kept()
    const { hostname: host, port } = new URL(url)
    for (let i = 0; i < 5; i++) {
      const socket = connect({ host, port: Number(port) })
      onTestFinished(() => void socket.destroy())
      socket.write('GET /_mock/events?since=0 HTTP/1.1\r\nhost: localhost\r\n\r\n')
      await new Promise((resolve) => socket.once('data', resolve))
      socket.pause()
    }
    // Each of them would have been handed sixty megabytes.
    expect(kept() - before).toBeLessThan(100_000_000)
  })

  it('is guarded like every control call', async () => {
    const at: ListenOptions = { host: '0.0.0.0', controlToken: 'open-sesame' }
    const { url } = await serve({}, at)
    const answer = (headers: Record<string, string>) => fetch(`${url}/_mock/events`, { headers })
    expect((await answer({})).status).toBe(403)
    const open = await answer({ authorization: 'Bearer open-sesame' })
    expect(open.status).toBe(200)
    await open.body?.cancel()
  })

  it('names a place that is none', async () => {
    const { control } = await serve()
    expect(await control('GET /events?since=yesterday')).toMatchObject({ status: 400 })
    expect(await control('POST /events')).toMatchObject({ status: 404 })
  })

  it('ends with the server', async () => {
    const { url, mock } = await serve()
    const open = await fetch(`${url}/_mock/events`)
    expect(open.ok).toBe(true)
    await mock.close()
    await expect(open.text()).rejects.toThrow()
  })
})
