import type { Outside } from '../world/webhook-event.ts'

const longestTimer = 2 ** 31 - 1

/** The network and real time, by Node. */
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
  alarm(after, ring) {
    const timer = setTimeout(ring, Math.min(after, longestTimer)).unref()
    return () => clearTimeout(timer)
  },
}
