import type { ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { TLSSocket } from 'node:tls'
import type { Delivery, HttpResponse } from '../vocabulary/wire.ts'

/** Sends an answer to a client in the way that it says; a promise where that takes its time. */
export type Deliver = (
  response: HttpResponse,
  method: string,
  raw: ServerResponse,
  cleared: AbortSignal | undefined,
) => Promise<void> | undefined

/** Past these, a client that would be kept waiting is refused by a reset. */
const mostKeptWaiting = 10_000

/** What a door sends answers with: it counts the clients that it keeps waiting. */
export function createDeliver(): Deliver {
  let keptWaiting = 0
  // One listener for all who wait: a signal warns of many.
  const rooms = new WeakMap<AbortSignal, Set<ServerResponse>>()
  function roomOf(cleared: AbortSignal): Set<ServerResponse> {
    const there = rooms.get(cleared)
    if (there) return there
    const room = new Set<ServerResponse>()
    rooms.set(cleared, room)
    const letGo = () => {
      for (const answer of room) reset(answer)
    }
    cleared.addEventListener('abort', letGo, { once: true })
    return room
  }

  async function deliverOddly(
    response: HttpResponse,
    delivery: Delivery,
    method: string,
    raw: ServerResponse,
    cleared: AbortSignal,
  ): Promise<void> {
    const { socket } = raw.req
    const { drop, hang, delayMs } = delivery
    const isDropped = drop && delayMs === undefined
    if (isDropped || cleared.aborted || keptWaiting >= mostKeptWaiting) return reset(raw)
    const left = new AbortController()
    const leave = () => left.abort()
    const room = roomOf(cleared)
    socket.once('close', leave)
    raw.once('close', leave)
    room.add(raw)
    keptWaiting++
    try {
      if (socket.destroyed) return
      if (hang) return await abortOf(left.signal)
      if (delayMs !== undefined) await pause(delayMs, left.signal)
      if (drop) return reset(raw)
      await sendOddly(response, delivery, method, raw, left.signal)
    } catch (error) {
      // A client that has left needs no answer.
      if (!left.signal.aborted) throw error
    } finally {
      keptWaiting--
      room.delete(raw)
      socket.removeListener('close', leave)
      raw.removeListener('close', leave)
    }
  }

  return (response, method, raw, cleared) => {
    if (response.delivery && cleared) return deliverOddly(response, response.delivery, method, raw, cleared)
    send(response, method, raw)
    return undefined
  }
}

/** Ends a connection by a reset. A request that Fastify's `inject` makes up has none: it fails in the same way. */
function reset(raw: ServerResponse): void {
  const { socket } = raw.req
  // A secure connection can be reset where it is followed to the one below (belowOf); elsewhere it is closed.
  const isBare = socket instanceof TLSSocket && !Object.hasOwn(socket, 'resetAndDestroy')
  if (isBare) socket.destroy()
  else if (socket instanceof Socket) socket.resetAndDestroy()
  else raw.destroy(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }))
}

function send(response: HttpResponse, method: string, raw: ServerResponse): void {
  writeHead(response, method, raw)
  raw.end(response.body)
}

function writeHead({ status, headers, body }: HttpResponse, method: string, raw: ServerResponse): void {
  const flat: string[] = []
  for (const [name, value] of headers) flat.push(name, value)
  if (status !== 204 && method !== 'HEAD') flat.push('content-length', String(Buffer.byteLength(body)))
  // The rest of a body that is too large is not waited for.
  if (status === 413) flat.push('connection', 'close')
  raw.writeHead(status, flat)
}

async function sendOddly(
  response: HttpResponse,
  { truncateAt, bytesPerSecond, closeAfter }: Delivery,
  method: string,
  raw: ServerResponse,
  left: AbortSignal,
): Promise<void> {
  // Where requests come in a row on one connection, its turn is when the answers before it are out.
  const socket = raw.socket ?? (await turnOf(raw, left))
  writeHead(response, method, raw)
  raw.flushHeaders()
  const whole = Buffer.from(response.body)
  const body = truncateAt === undefined ? whole : whole.subarray(0, Math.min(truncateAt, whole.length - 1))
  const last = bytesPerSecond === undefined ? body : await trickle(body, bytesPerSecond, raw, left)
  if (truncateAt !== undefined) {
    await new Promise<void>((sent) => socket.write(last, () => sent()))
    return reset(raw)
  }
  if (closeAfter) raw.once('finish', () => socket.destroySoon?.())
  raw.end(last)
}

/** Writes a body in small pieces, and returns the last one, which is left to write. */
async function trickle(body: Buffer, bytesPerSecond: number, raw: ServerResponse, left: AbortSignal): Promise<Buffer> {
  const size = Math.max(1, Math.floor(bytesPerSecond / 10))
  let at = 0
  for (; at + size < body.length; at += size) {
    raw.write(body.subarray(at, at + size))
    await pause((size / bytesPerSecond) * 1000, left)
  }
  return body.subarray(at)
}

const longestTimer = 2 ** 31 - 1

/** No process is kept alive for a client that waits. */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  setTimeout(Math.min(ms, longestTimer), undefined, { signal, ref: false })

const abortOf = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))

const turnOf = (raw: ServerResponse, left: AbortSignal): Promise<Socket> =>
  new Promise((resolve, reject) => {
    raw.once('socket', resolve)
    left.addEventListener('abort', reject, { once: true })
  })
