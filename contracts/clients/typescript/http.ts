/** Requests with a limit on everything: time, size, redirects. */

export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** Nobody knows whether the request was acted upon. */
export interface Silence {
  /** `timeout`, `cancelled`, or what the network says: `ECONNRESET` */
  readonly failure: string
}

export interface Sent {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | undefined
}

/** Answers are read so far and no further. */
const longestBody = 1_048_576

/** An answer that has begun is waited for, since it may hold a token that exists nowhere else; but not for ever. */
const patience = 15

/** Sends a request once. @param quietMs so long nothing may be heard */
export async function send(url: string, sent: Sent, quietMs: number, signal?: AbortSignal): Promise<Reply | Silence> {
  const end = new AbortController()
  const stop = () => end.abort()
  const quiet = setTimeout(stop, quietMs)
  const whole = setTimeout(stop, patience * quietMs)
  const heard = () => quiet.refresh()
  signal?.addEventListener('abort', stop)
  if (signal?.aborted) stop()
  try {
    const response = await fetch(url, {
      method: sent.method,
      // A connection that idles may be closed by the other side just when it is used again.
      headers: { ...sent.headers, 'user-agent': 'careful-client/1.0', connection: 'close' },
      ...(sent.body !== undefined && { body: sent.body }),
      // Whoever answers a redirect must not choose who gets the token.
      redirect: 'manual',
      signal: end.signal,
    })
    heard()
    return { status: response.status, headers: response.headers, text: await readText(response, heard) }
  } catch (error) {
    if (signal?.aborted) return { failure: 'cancelled' }
    if (end.signal.aborted) return { failure: 'timeout' }
    return { failure: networkCode(error) }
  } finally {
    clearTimeout(quiet)
    clearTimeout(whole)
    signal?.removeEventListener('abort', stop)
  }
}

async function readText({ body }: Response, heard: () => void): Promise<string> {
  const reader = body?.getReader()
  const parts: Uint8Array[] = []
  let size = 0
  while (reader && size < longestBody) {
    const { done, value } = await reader.read()
    if (done) break
    heard()
    parts.push(value)
    size += value.length
  }
  await reader?.cancel()
  // Takes a byte order mark away.
  return new TextDecoder().decode(Buffer.concat(parts))
}

function networkCode(error: unknown): string {
  const { code } = ((error as Error).cause ?? {}) as { code?: unknown }
  return typeof code === 'string' ? code : 'network_error'
}

/** How long the server asks not to be called, in milliseconds: seconds, or a date by its own clock. */
export function askedPause({ headers }: Reply, now: number): number | undefined {
  const asked = headers.get('retry-after')
  if (asked === null) return undefined
  const date = headers.get('date')
  const milliseconds = /^\d+$/.test(asked) ? Number(asked) * 1000 : Date.parse(asked) - (date ? Date.parse(date) : now)
  return Number.isFinite(milliseconds) ? Math.min(Math.max(milliseconds, 0), 86_400_000) : undefined
}
