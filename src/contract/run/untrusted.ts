import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { createAuthority } from '../../intercept/authority.ts'

/** A server whose certificate nobody trusts: what a client says to it within TLS is a fault of the client. */
export interface Untrusted {
  readonly url: string
  /** How many bytes of requests it was told. */
  received(): number
  close(): Promise<void>
}

export async function openUntrusted(): Promise<Untrusted> {
  const authority = await createAuthority([])
  let bytes = 0
  const server = createServer(await authority.leafFor(['127.0.0.1', 'localhost']), (request, response) => {
    bytes += 1
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
    })
    response.writeHead(503).end()
  })
  server.on('tlsClientError', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: () => bytes,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
