import type { FastifyReply, FastifyRequest } from 'fastify'
import { redact } from '../engine/redact.ts'
import { redactWebhook } from '../engine/redact-webhook.ts'
import type { Feed, FeedItem } from '../world/feed.ts'
import { object } from './schema.ts'

/** The journal live, as server-sent events. */
export const eventsRoute = {
  method: 'GET',
  path: '/events',
  summary: 'Exchanges and webhooks as they happen, without secrets, as server-sent events',
  query: object({ since: { type: 'string', pattern: '^[0-9]{1,15}$' } }),
} as const

/** Proxies close what is silent for a minute. */
const heartbeat = 15_000
/** A reader that has not taken so many bytes is cut off. */
const mostBuffered = 4_000_000

/** Sends what happens from now on; first what is kept of all after `Last-Event-ID` or `since`, where one is given. */
export const streamEvents = (feed: Feed) => (request: FastifyRequest, reply: FastifyReply) => {
  const { since } = request.query as { since?: string }
  const last = request.headers['last-event-id'] ?? since
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
  raw.write(': mock-oauth\n\n')
  if (last !== undefined) for (const item of feed.since(Number(last))) raw.write(written(item))
  // What was kept is handed over at once, and does not count.
  const most = raw.writableLength + mostBuffered
  const send = (text: string) => {
    raw.write(text)
    if (raw.writableLength > most) raw.destroy()
  }
  const unsubscribe = feed.subscribe((item) => send(written(item)))
  const beat = setInterval(() => send(':\n\n'), heartbeat).unref()
  raw.on('close', () => {
    clearInterval(beat)
    unsubscribe()
  })
}

const written = (item: FeedItem): string => {
  const shown = item.kind === 'exchange' ? redact(item.value) : redactWebhook(item.value)
  return `id: ${item.number}\nevent: ${item.kind}\ndata: ${JSON.stringify(shown)}\n\n`
}
