import type { Asked, CallAnswer, Env } from 'mock-oauth/contract'
import { askedPause, type Reply, type Silence, send } from './http.ts'
import { needsReauth, type Refresher, type Renewal } from './refresh.ts'
import type { Link, Store } from './store.ts'

/** Calls of the API. */

interface Parts {
  readonly env: Env
  readonly store: Store
  readonly refresher: Refresher
  /** The client's clock, in milliseconds. */
  readonly now: () => number
  readonly log: (line: string) => void
}

export type Call = (asked: Asked['call'], signal: AbortSignal) => Promise<CallAnswer>

const cancelled: CallAnswer = { result: 'transient', code: 'cancelled' }

export function createCall({ env, store, refresher, now, log }: Parts): Call {
  /** Links whose calls the API does not want for some time. */
  const paused = new Map<string, { since: number; until: number }>()

  const isOver = ({ expiresAt }: Link) => expiresAt !== undefined && now() >= expiresAt

  /** Early by a little, by less where the life is short, and not at all where there will be no other token. */
  const isDue = ({ expiresAt, lifetime = 0, refreshToken }: Link) =>
    expiresAt !== undefined && now() >= expiresAt - (refreshToken === undefined ? 0 : Math.min(30_000, lifetime / 10))

  const isPaused = (name: string) => {
    const { since = 0, until = 0 } = paused.get(name) ?? {}
    return now() >= since && now() < until
  }

  async function ask(link: Link, { method = 'GET', body }: Asked['call'], signal: AbortSignal) {
    const headers = {
      authorization: `Bearer ${link.accessToken}`,
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
    }
    // Not sent again when it breaks off: it may have been acted upon.
    const reply = await send(env.apiUrl, { method, headers, body }, env.requestTimeoutMs, signal)
    log(`client ${env.clientId}: ${method} of the API: ${'failure' in reply ? reply.failure : reply.status}`)
    return reply
  }

  async function call(asked: Asked['call'], signal: AbortSignal): Promise<CallAnswer> {
    const { link: name = 'default' } = asked
    await store.retry(name)
    const found = await store.read(name)
    if (found?.state !== 'connected') return needsReauth(found)
    if (isPaused(name)) return { result: 'transient', code: 'rate_limited', status: 429 }
    let first: Renewal | undefined = { link: found }
    if (isDue(found)) first = await unlessCancelled(refresher.renew(found), signal)
    if (!first) return cancelled
    // Early was early enough: the token at hand still holds.
    if ('answer' in first && first.answer.result === 'transient' && !isOver(found)) first = { link: found }
    if ('answer' in first) return first.answer
    let reply = await ask(first.link, asked, signal)
    // A token may end before its time. Whoever has just got a new one gets no other.
    if (isUnauthorized(reply) && first.link.accessToken === found.accessToken) {
      const second = await unlessCancelled(refresher.renew(found), signal)
      if (!second) return cancelled
      if ('answer' in second) return second.answer
      reply = await ask(second.link, asked, signal)
    }
    return answerOf(name, reply)
  }

  function answerOf(name: string, reply: Reply | Silence): CallAnswer {
    if ('failure' in reply) return { result: 'transient', code: reply.failure }
    const { status } = reply
    if (status === 429) paused.set(name, { since: now(), until: now() + (askedPause(reply, now()) ?? 1_000) })
    if (status === 429 || status >= 500) return { result: 'transient', code: `api_${status}`, status }
    if (status < 200 || status > 299) return { result: 'error', code: `api_${status}`, status }
    // The tokens are in memory alone: somebody has to know.
    return { result: 'ok', ...(store.isUnsaved(name) && { code: 'store_failed' }), status }
  }

  return call
}

const isUnauthorized = (reply: Reply | Silence) => 'status' in reply && reply.status === 401

/** Waits for work that goes on all the same when nobody waits any more. */
async function unlessCancelled<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value | undefined> {
  let leave = () => {}
  const left = new Promise<undefined>((resolve) => {
    leave = () => resolve(undefined)
    signal.addEventListener('abort', leave)
  })
  try {
    return signal.aborted ? undefined : await Promise.race([work, left])
  } finally {
    signal.removeEventListener('abort', leave)
  }
}
