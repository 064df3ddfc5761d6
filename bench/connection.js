// One keep-alive connection that asks one thing at a time. Less than an HTTP client on purpose: the servers are measured.
import { connect } from 'node:net'

/** Opens a connection to a server whose answers all have a Content-Length. */
export function open(url) {
  const { hostname, port, host } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port), noDelay: true })
  let received = ''
  let answered
  let broken
  socket.setEncoding('latin1')
  socket.on('error', (error) => broken?.(error))
  socket.on('data', (chunk) => {
    received += chunk
    const end = received.indexOf('\r\n\r\n')
    if (end < 0) return
    const head = received.slice(0, end)
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
    if (received.length < end + 4 + length) return
    const body = received.slice(end + 4)
    received = ''
    answered({ status: Number(head.slice(9, 12)), head, body })
  })
  const ask = (text) =>
    new Promise((resolve, reject) => {
      answered = resolve
      broken = reject
      socket.write(text)
    })
  return {
    get: (path) => ask(`GET ${path} HTTP/1.1\r\nhost: ${host}\r\n\r\n`),
    post: (path, body) =>
      ask(
        `POST ${path} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
      ),
    close: () => socket.destroy(),
  }
}
