import type { Outside } from '../world/webhook-event.ts'

const longestTimer = 2 ** 31 - 1

type Timer = number | { unref?(): unknown }

/** The network and real time, in Node and in a browser. */
export const outside: Outside = {
  async send({ url, method, headers, body }, signal) {
    try {
      const response = await fetch(url, {
        method,
        headers: headers as Record<string, string>,
        body,
        redirect: 'manual',
        signal,
      })
      // What a receiver says is nothing to anyone.
      await response.body?.cancel()
      return { status: response.status }
    } catch (error) {
      const { message, cause } = error as Error & { cause?: { code?: string; message?: string } }
      return { failure: cause?.code || cause?.message || message }
    }
  },
  alarm(after, ring, isAwaited = false) {
    const timer: Timer = setTimeout(ring, Math.min(after, longestTimer))
    // In Node it would hold the process.
    if (!isAwaited && typeof timer === 'object') timer.unref?.()
    return () => clearTimeout(timer as number)
  },
}
