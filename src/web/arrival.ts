import { largestBody } from '../engine/body-limit.ts'
import type { Arrival } from '../entrance/entrance.ts'

/** A web Request as it comes to a door. */
export async function arrivalOf(request: Request): Promise<Arrival> {
  const { origin, pathname, search } = new URL(request.url)
  return {
    method: request.method,
    origin,
    target: pathname + search,
    headers: headersOf(request.headers),
    body: request.body === null ? '' : await textOf(request.body),
  }
}

/** Headers of one name are joined, `set-cookie` too: a request has no list of them. */
function headersOf(headers: Headers): Arrival['headers'] {
  const joined: Record<string, string> = {}
  for (const [name, value] of headers) joined[name] = name in joined ? `${joined[name]}, ${value}` : value
  return joined
}

/** Reads a body as UTF-8, whatever its type. Of one that is too large no more is read: the engine refuses it. */
async function textOf(body: ReadableStream<Uint8Array>): Promise<string> {
  const reader = body.getReader()
  // A byte order mark is part of what came.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let text = ''
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    size += value.byteLength
    if (size > largestBody) {
      reader.cancel().catch(() => undefined)
      return ' '.repeat(largestBody + 1)
    }
    text += decoder.decode(value, { stream: true })
  }
}
