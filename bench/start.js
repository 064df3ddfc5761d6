// Starts a server as its own process and waits for its ready line.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** The mock's command line, without its requests in the terminal. */
export const mock = ['bin/mock-oauth.js', 'serve', '--provider', 'mekari', '--port', '0', '--json']

/** @param command what Node runs, with arguments */
export async function start(command) {
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  const [line] = await Promise.race([once(createInterface(child.stdout), 'line'), ended.then(() => [])])
  if (line === undefined) throw new Error(`${command.join(' ')} ended before it was ready`)
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
  }
  return { ...JSON.parse(line), stop }
}
