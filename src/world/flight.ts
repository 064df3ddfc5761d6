import type { Milliseconds } from '../vocabulary/duration.ts'
import type { HttpRequest } from '../vocabulary/wire.ts'
import type { Outside } from './webhook-event.ts'

/** How an attempt ended, or that there was nobody to send it to. */
export type Landing =
  | { readonly status: number; readonly failure?: never }
  | { readonly status?: never; readonly failure: string }
  | { readonly nobody: true; readonly status?: never; readonly failure?: never }

/** An attempt under way. */
export interface Flight {
  /** World time at which it was due, in milliseconds. */
  readonly at: number
  /** World time at which it ends at the latest, in milliseconds. */
  readonly endsAt: number
  readonly landing: Promise<Landing>
  /** World time is over: an answer on its way is still let in, but not waited for. */
  hurry(): void
  /** Ends it at once. */
  abort(): void
}

/** What counts as prompt, in real time: a receiver that answers within it keeps pace with a clock that jumps. */
export const patience: Milliseconds = 1_000

/**
 * Sends a request, and waits for its answer no longer than the limit.
 * @param write makes the request, or nothing when there is nobody to send it to
 * @param sent is told of the request before it goes
 * @param now world time, which may be past the limit by a jump of the clock
 */
export function takeOff(
  outside: Outside,
  { at, limit, now }: { at: number; limit: Milliseconds; now: number },
  write: () => Promise<HttpRequest | undefined>,
  sent: (request: HttpRequest) => void,
): Flight {
  const giveUp = new AbortController()
  const alarms: (() => void)[] = []
  const endWithin = (length: Milliseconds) => {
    alarms.push(outside.alarm(length, () => giveUp.abort()))
  }
  const fly = async (): Promise<Landing> => {
    const request = await write()
    if (!request) return { nobody: true }
    sent(request)
    const answer = await outside.send(request, giveUp.signal)
    return 'failure' in answer && giveUp.signal.aborted ? { failure: 'timed out' } : answer
  }
  endWithin(Math.min(limit, Math.max(patience, at + limit - now)))
  return {
    at,
    endsAt: at + limit,
    landing: fly().finally(() => {
      for (const stop of alarms) stop()
    }),
    hurry: () => endWithin(patience),
    abort: () => giveUp.abort(),
  }
}
