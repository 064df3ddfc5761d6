import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { optionsOf } from '../config/options.ts'
import type { Config } from '../config.ts'
import { type MockOAuth, MockOAuthError } from '../index.ts'
import { showBug } from '../server/bug.ts'
import { changesBetween } from './config-changes.ts'
import { shown } from './file-text.ts'
import { Stop } from './stop.ts'
import { watchFiles } from './watch-files.ts'

/** What is watched for, and what it is applied to. */
export interface Watch {
  readonly mock: MockOAuth
  /** Reads all of the configuration anew, and notes each file that it was read from. */
  readonly load: (read: Set<string>) => Promise<Config>
  readonly config: Config
  readonly files: ReadonlySet<string>
  /** When reading them began, in milliseconds since the Unix epoch. */
  readonly begun: number
  readonly log: NodeJS.WriteStream
}

/** Takes each change of the configuration while a mock goes on. A wrong one is explained, and changes nothing. */
export function watch({ mock, load, config, files, begun, log }: Watch): void {
  let current = config
  let seen = contentsOf(files)
  let isWrong = false
  const watched = watchFiles(reload)

  async function reload(): Promise<void> {
    const read = new Set<string>()
    try {
      const next = await load(read)
      const contents = contentsOf(read)
      await mock.reconfigure(optionsOf(next).mock)
      const { taken } = changesBetween(current, next)
      const changed = filesChanged(seen, contents)
      if (isWrong || taken.length + changed.length > 0) {
        log.write(`${sentence(changed, taken, changesBetween(config, next).restart)}\n`)
      }
      ;[current, seen, isWrong] = [next, contents, false]
      watched.follow(read)
    } catch (error) {
      isWrong = true
      watched.follow([...seen.keys(), ...read], true)
      if (error instanceof Stop || error instanceof MockOAuthError) process.stderr.write(`${error.message}\n`)
      else showBug(error)
      process.stderr.write('not reloaded: what was configured before goes on\n')
    }
  }

  watched.follow(files)
  // What changed between reading and watching brings no event.
  if ([...files].some((file) => (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) >= begun)) watched.stir()
}

type Contents = ReadonlyMap<string, string>

function contentsOf(files: Iterable<string>): Contents {
  const hashOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex')
  return new Map([...files].map((file) => [file, statSync(file, { throwIfNoEntry: false }) ? hashOf(file) : 'gone']))
}

const filesChanged = (before: Contents, after: Contents) =>
  [...after].filter(([file, hash]) => before.get(file) !== hash).map(([file]) => shown(file))

/** `reloaded from mock-oauth.config.yaml: consent, lifetimes.mekari.accessToken; takes a restart: port` */
function sentence(files: readonly string[], taken: readonly string[], restart: readonly string[]): string {
  const from = files.length > 0 ? ` from ${files.join(', ')}` : ''
  const what = taken.length > 0 ? `: ${taken.join(', ')}` : ''
  return `reloaded${from}${what}${restart.length > 0 ? `; takes a restart: ${restart.join(', ')}` : ''}`
}
