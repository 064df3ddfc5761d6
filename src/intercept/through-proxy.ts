import http from 'node:http'
import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'

/** A way through a proxy, as a stream that can be written to at once. */
export interface Tunnel {
  readonly stream: Duplex
  /** Whether it alone keeps the process alive, as sockets say it. */
  ref(): void
  unref(): void
}

/**
 * Asks a proxy for a tunnel (RFC 9110 §9.3.6). What is written before it stands waits.
 * @param proxy `http://127.0.0.1:4421`
 * @param target `account.mekari.com:443`
 */
export function openTunnel(proxy: string, target: string): Tunnel {
  let socket: Socket | undefined
  let isHeld = true
  const stream = new Duplex({
    construct(done) {
      const asked = http.request(proxy, { method: 'CONNECT', path: target, headers: { host: target }, agent: false })
      asked.on('error', done)
      asked.on('connect', ({ statusCode = 0, statusMessage = '' }, opened: Socket, head) => {
        socket = opened
        opened.on('error', (error) => stream.destroy(error))
        if (statusCode !== 200) {
          done(new Error(`The proxy opens no tunnel to ${target}: ${statusCode} ${statusMessage}`))
          return
        }
        if (!isHeld) opened.unref()
        if (head.length > 0) stream.push(head)
        opened.on('data', (chunk) => {
          if (!stream.push(chunk)) opened.pause()
        })
        opened.on('end', () => stream.push(null))
        opened.on('close', () => stream.destroy())
        done()
      })
      asked.end()
    },
    read() {
      socket?.resume()
    },
    write(chunk, encoding, done) {
      socket?.write(chunk, encoding, done)
    },
    final(done) {
      socket?.end(done)
    },
    destroy(error, done) {
      socket?.destroy()
      done(error)
    },
  })
  return {
    stream,
    ref() {
      isHeld = true
      socket?.ref()
    },
    unref() {
      isHeld = false
      socket?.unref()
    },
  }
}
