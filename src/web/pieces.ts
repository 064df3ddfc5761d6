import type { Delivery } from '../vocabulary/wire.ts'
import { connectionReset } from './reset.ts'
import type { Wait } from './waiting.ts'

/** A body on its way, and when nothing of it is on its way any more: read, given up or cut off. */
export interface Pieces {
  readonly stream: ReadableStream<Uint8Array>
  readonly over: Promise<unknown>
}

/**
 * A body that comes slowly, or breaks off. A piece is made when it is asked for: what came before an end is read before it.
 * @param client aborted when the client gives up: its reason is what reading rejects with
 * @param others end it by a reset
 */
export function piecesOf(
  body: Uint8Array,
  delivery: Delivery,
  wait: Wait,
  client: AbortSignal,
  others: readonly AbortSignal[],
): Pieces {
  const done = new AbortController()
  const signals = [client, ...others, done.signal]
  const pause = async (ms: number) => {
    if (await wait(ms, signals)) return
    client.throwIfAborted()
    throw brokenOff()
  }
  const pieces = cut(body, delivery, pause)
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done: isLast, value } = await pieces.next()
          if (!isLast) return controller.enqueue(value)
          controller.close()
        } catch (failure) {
          controller.error(failure)
        }
        done.abort()
      },
      cancel: () => done.abort(),
    },
    { highWaterMark: 0 },
  )
  return { stream, over: wait(undefined, signals) }
}

async function* cut(
  body: Uint8Array,
  { truncateAt, bytesPerSecond }: Delivery,
  pause: (ms: number) => Promise<void>,
): AsyncGenerator<Uint8Array, void> {
  const end = truncateAt === undefined ? body.length : Math.min(truncateAt, body.length - 1)
  const size = bytesPerSecond === undefined ? end : Math.max(1, Math.floor(bytesPerSecond / 10))
  for (let at = 0; at < end; at += size) {
    // Not before the first piece; but nothing comes of what has ended by then.
    await pause(at === 0 || bytesPerSecond === undefined ? 0 : (size / bytesPerSecond) * 1000)
    yield body.subarray(at, Math.min(at + size, end))
  }
  if (truncateAt !== undefined) throw brokenOff()
}

const brokenOff = () => new TypeError('terminated', { cause: connectionReset() })
