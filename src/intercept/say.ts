import type { ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

/** Answers a request with a sentence. */
export function say(reply: ServerResponse, status: number, sentence: string): void {
  const body = `${sentence}\n`
  reply.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  })
  reply.end(body)
}

/** Refuses a CONNECT with a sentence, also as the reason phrase: most clients show that alone. */
export function refuse(socket: Duplex, status: number, sentence: string): void {
  const reason = sentence.replace(/[^\x20-\x7e]/g, '?')
  const body = `${sentence}\n`
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  )
}
