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

/**
 * Sends what happens from now on; first what is kept of all after `Last-Event-ID` or `since`, where one is given. Nothing is
 * written before it is taken; a reader that is too slow for what is kept is cut off.
 * @param whenGone calls back when the world is gone, with which its events end; returns the way to stop
 */
export function streamEvents(
  feed: Feed,
  whenGone: (end: () => void) => () => void,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const { since } = request.query as { since?: string }
  const given = String(request.headers['last-event-id'] ?? since)
  const isResumed = /^\d{1,15}$/.test(given)
  let last = isResumed ? Number(given) : feed.newest()
  let begun = !isResumed
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
  raw.write(': mock-oauth\n\n')
  const send = () => {
    for (const item of feed.since(last)) {
      if (begun && item.number > last + 1) return void raw.destroy()
      if (raw.writableNeedDrain || raw.destroyed) return
      raw.write(written(item))
      last = item.number
      begun = true
    }
  }
  send()
  raw.on('drain', send)
  const unsubscribe = feed.subscribe(send)
  const beat = setInterval(() => raw.writableNeedDrain || raw.write(':\n\n'), heartbeat).unref()
  const stop = whenGone(() => raw.end())
  raw.on('close', () => {
    clearInterval(beat)
    unsubscribe()
    stop()
  })
}

const written = (item: FeedItem): string => {
  const shown = item.kind === 'exchange' ? redact(item.value) : redactWebhook(item.value)
  return `id: ${item.number}\nevent: ${item.kind}\ndata: ${JSON.stringify(shown)}\n\n`
}
