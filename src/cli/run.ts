import { constants } from 'node:os'
import { type Ending, startChild } from '../intercept/child.ts'
import { coloursFor } from './colours.ts'
import { whenOrphaned } from './farewell.ts'
import { intercept } from './interception.ts'
import { logTo } from './log.ts'
import { loaderOf, type ServeFlags } from './serve-flags.ts'
import { Stop } from './stop.ts'
import { reportUnfired } from './unfired.ts'

/** The flags of `run`. */
export interface RunFlags extends ServeFlags {
  offline?: boolean
  log?: boolean
}

/** Plays to one program, and ends as it ends. */
export async function run([program = '', ...args]: readonly string[], flags: RunFlags): Promise<void> {
  if (program === '') throw new Stop(127, 'There is no program "" on the PATH.')
  const { offline = false, log = false, ...rest } = flags
  const config = await loaderOf(rest)(new Set())
  const { port = 0 } = rest
  const played = await intercept(config, { port, proxyPort: 0, offline, log })
  const { mock, providers, url, variables } = played
  if (!config.quiet) process.stderr.write(`mock-oauth plays ${providers.join(', ')}; control API ${url}\n`)
  if (log) logTo(process.stderr, mock, coloursFor(process.stderr))
  const child = startChild(program, args, { ...process.env, ...variables })
  whenOrphaned(child.kill)
  const ending = await child.ended
    .catch((error) => {
      throw notStarted(program, error)
    })
    .finally(played.close)
  const isMissed = reportUnfired(mock) && config.strictFaults === true
  endAs('code' in ending && ending.code === 0 && isMissed ? { code: 1 } : ending)
}

/** Ends this process as another one has ended. */
function endAs(ending: Ending): never {
  if ('code' in ending) process.exit(ending.code)
  process.kill(process.pid, ending.signal)
  // Where Node minds a signal itself, a shell would say it by this code.
  process.exit(128 + constants.signals[ending.signal])
}

function notStarted(program: string, error: NodeJS.ErrnoException): Error {
  if (error.code === 'ENOENT') return new Stop(127, `There is no program "${program}" on the PATH.`)
  if (error.code === 'EACCES') return new Stop(126, `"${program}" is no program that may be run.`)
  return error
}
