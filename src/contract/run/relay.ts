import { lookup } from 'node:dns/promises'
import { connect, createServer, type Socket } from 'node:net'

/** Passes connections on from the one loopback address to the other. */
export interface Relay {
  /** Where it listens. */
  readonly port: number
  close(): Promise<void>
}

/**
 * Listens on ::1 alone.
 * @param port on 127.0.0.1, where connections go
 * @throws {Error} where this machine has no ::1
 */
export async function openRelay(port: number): Promise<Relay> {
  const open = new Set<Socket>()
  const server = createServer((from) => {
    const to = connect(port, '127.0.0.1')
    for (const socket of [from, to]) {
      open.add(socket)
      socket.on('error', () => {})
      socket.once('close', () => {
        open.delete(socket)
        from.destroy()
        to.destroy()
      })
    }
    from.pipe(to).pipe(from)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '::1', resolve)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
  }
}

/** `localhost`, where that is ::1 on this machine as well; else the address itself. */
export async function nameOfIPv6(): Promise<string> {
  const found = await lookup('localhost', { all: true }).catch(() => [])
  return found.some(({ address }) => address === '::1') ? 'localhost' : '[::1]'
}
