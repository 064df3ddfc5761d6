import { spawn } from 'node:child_process'
import { onTestFinished } from 'vitest'
import { bin, environment, folderWith, linesOf } from '../cli/command.ts'

/** A `proxy` that is ready, with the first line of its standard output. */
export async function started(...args: string[]) {
  const folder = folderWith({})
  const child = spawn(
    process.execPath,
    [bin, 'proxy', '--provider', 'mekari', '--port', '0', '--proxy-port', '0', ...args],
    {
      env: environment({ TMPDIR: folder }),
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const ended = new Promise((resolve) => child.on('exit', (code, signal) => resolve({ code, signal })))
  onTestFinished(async () => {
    child.kill()
    await ended
  })
  const next = linesOf(child.stdout)
  return { child, ended, folder, line: await next(), next, logged: linesOf(child.stderr) }
}
