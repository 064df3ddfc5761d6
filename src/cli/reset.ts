import type { ResetReport } from '../index.ts'
import { unfiredLine } from '../lines/unfired-line.ts'
import { findServer, type ServerOptions } from './control.ts'
import { print } from './print.ts'

/** Takes the world back to the state just after the start. */
export async function reset(options: ServerOptions): Promise<void> {
  const server = await findServer(options)
  const { unfired } = await server.post<ResetReport>('/reset')
  print(`reset ${server.url}: grants, tokens, requests and clock are as just after the start`)
  for (const fault of unfired) print(unfiredLine(fault))
}
