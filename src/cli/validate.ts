import { resolve } from 'node:path'
import { optionsOf } from '../config/options.ts'
import type { Config } from '../config.ts'
import { setupOf } from '../control/setup.ts'
import { InvalidDefinition, MockOAuthError } from '../vocabulary/misuse.ts'
import { type ConfigFile, findConfig, readConfig } from './config-file.ts'
import { type Judged, judge, mistakeLines } from './config-mistakes.ts'
import { checkFile, shown } from './file-text.ts'
import { loadModule } from './load-module.ts'
import { isModule } from './path.ts'
import { print, printJson } from './print.ts'
import { definitionsIn, loadProvider } from './provider-files.ts'
import { Stop } from './stop.ts'

/** Says whether a configuration, or a file that defines a provider, is right; names each mistake where it is not. */
export async function validate(given: string | undefined, { json = false }: { json?: boolean }): Promise<void> {
  const path = given === undefined ? findConfig() : resolve(given)
  if (path === undefined) {
    throw new Stop(
      2,
      'There is no configuration here. "mock-oauth init" writes one; or name a file: mock-oauth validate <file>.',
    )
  }
  checkFile(path)
  const file = shown(path)
  const verdict = await verdictOn(path)
  if ('mistakes' in verdict) {
    process.exitCode = 1
    if (json) printJson({ valid: false, file, mistakes: verdict.mistakes })
    else process.stderr.write(`${verdict.lines.join('\n')}\n`)
  } else if (json) printJson({ valid: true, file, ...verdict })
  else print(`${file} is valid: ${inWords(verdict)}.`)
}

/** What a configuration sets up: environments by name, the rest in numbers. */
interface Summary {
  readonly providers: readonly string[]
  readonly clients: number
  readonly users?: number
}

/** What is wrong, for people and for programs. */
interface Wrong {
  readonly lines: readonly string[]
  readonly mistakes: readonly { readonly path: string; readonly line?: number; readonly message: string }[]
}

/** A file that cannot even be read has one mistake; a definition has each of its own. */
async function verdictOn(path: string): Promise<Summary | Wrong> {
  try {
    if (isModule(path) && definitionsIn(await loadModule(path, new Set())).length > 0) {
      return summaryOf({ providers: [await loadProvider(path, process.cwd(), new Set())] })
    }
    const file = await readConfig(path, new Set())
    const judged = await judge(file, new Set())
    return judged.mistakes.length > 0 ? wrong(file, judged) : summaryOf(judged.config)
  } catch (error) {
    if (!(error instanceof Stop || error instanceof MockOAuthError)) throw error
    const mistakes =
      error instanceof InvalidDefinition
        ? error.mistakes.map(({ path, message }) => ({ path, message: `${path} ${message}` }))
        : [{ path: '', message: error.message }]
    return { lines: [error.message], mistakes }
  }
}

const wrong = (file: ConfigFile, judged: Judged): Wrong => ({
  lines: mistakeLines(file, judged),
  mistakes: judged.mistakes.map(({ path, line, sentence }) => ({
    path: path.join('.'),
    ...(line !== undefined && { line }),
    message: sentence,
  })),
})

function summaryOf(config: Config): Summary {
  const { environments, clients = [], people } = setupOf(optionsOf(config).mock)
  return {
    providers: environments.map(({ key }) => key),
    clients: environments.length + clients.length,
    ...(people && { users: people.length }),
  }
}

function inWords({ providers, clients, users }: Summary): string {
  const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`
  return [
    `plays ${providers.join(', ')}`,
    count(clients, 'client', 'clients'),
    ...(users === undefined ? [] : [count(users, 'person', 'people')]),
  ].join('; ')
}
