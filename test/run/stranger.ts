import { once } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { createAuthority } from '../../src/intercept/authority.ts'
import { type Finished, folderWith, run } from '../cli/command.ts'

/** A server of HTTPS at an address that no NO_PROXY names, with a certificate that only its own authority's file makes trusted. */
export async function stranger(): Promise<{ url: string; trusted: string }> {
  const authority = await createAuthority([])
  const server = createServer(await authority.leafFor(['localhost', '127.0.0.2']), (request, reply) => {
    reply.end(`${request.method} ${request.url}`)
  })
  server.listen(0, '127.0.0.2')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { url: `https://127.0.0.2:${port}`, trusted: `${folderWith({ 'ca.pem': authority.certificate })}/ca.pem` }
}

/** Runs a program while Mekari is played. */
export const running = (
  command: readonly string[],
  variables: Readonly<Record<string, string>>,
  ...flags: string[]
): Promise<Finished> => run(['run', '--provider', 'mekari', '--quiet', ...flags, '--', ...command], variables)
