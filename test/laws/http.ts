import { request as send } from 'node:http'
import type { HttpRequest, HttpResponse } from 'mock-oauth'

/** Sends a request as it stands, as far as HTTP lets one write it; what it does not is percent-encoded or left out. */
export function sendRaw(base: string, { method, url, headers, body }: HttpRequest): Promise<HttpResponse> {
  const path = url.slice(new URL(url).origin.length)
  const writable = Object.entries(headers).filter(
    (entry): entry is [string, string] =>
      /^[\w-]+$/.test(entry[0]) && /^[\t\x20-\x7e\x80-\xff]*$/.test(entry[1] ?? '\u0000'),
  )
  return new Promise((resolve, reject) => {
    const call = send(
      base + path.replace(/[^\x21-\x7e]/gu, (one) => encodeURIComponent(one.replace(/[\ud800-\udfff]/gu, '?'))),
      {
        method: method.toUpperCase(),
        headers: { ...Object.fromEntries(writable), 'content-length': String(Buffer.byteLength(body)) },
      },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        // One that breaks off in the middle has no end.
        answer.on('error', reject)
        answer.on('end', () => {
          const raw = answer.rawHeaders
          const pairs = raw.flatMap((name, i) => (i % 2 === 0 ? [[name, raw[i + 1] ?? ''] as const] : []))
          resolve({ status: answer.statusCode ?? 0, headers: pairs, body: Buffer.concat(chunks).toString('utf8') })
        })
      },
    )
    call.on('error', reject)
    call.end(body)
  })
}
