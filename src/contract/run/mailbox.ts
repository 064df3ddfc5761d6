import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Takes whatever webhooks providers send, and tells nobody: the story brings them to the client itself. */
export interface Mailbox {
  readonly url: string
  close(): Promise<void>
}

export async function openMailbox(): Promise<Mailbox> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(200).end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
