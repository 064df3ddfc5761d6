import { findServer, type ServerOptions } from './control.ts'
import { print } from './print.ts'

/** Takes the world back to the state just after the start. */
export async function reset(options: ServerOptions): Promise<void> {
  const server = await findServer(options)
  await server.post('/reset')
  print(`reset ${server.url}: grants, tokens, requests and clock are as just after the start`)
}
