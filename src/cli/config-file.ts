import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { shown, textOf } from './file-text.ts'
import { loadModule } from './load-module.ts'
import { isModule } from './path.ts'
import { Stop } from './stop.ts'

/** What a configuration file may be called. */
export const configNames = ['json', 'yaml', 'yml', 'ts', 'mts', 'js', 'mjs'].map(
  (ending) => `mock-oauth.config.${ending}`,
)

/** A configuration file as it was read. */
export interface ConfigFile {
  readonly path: string
  readonly data: unknown
  /** The line of what stands at a path of keys; nothing where lines are not known. */
  lineOf(path: readonly string[]): number | undefined
}

/**
 * The configuration file of the working directory, if it has one.
 * @throws {Stop} where it has several
 */
export function findConfig(): string | undefined {
  const [first, second, ...more] = configNames.filter((name) => existsSync(name))
  if (second !== undefined) {
    const names = [first, second, ...more].join(', ')
    throw new Stop(2, `There are several configurations here: ${names}. Keep one, or name one with --config <path>.`)
  }
  return first === undefined ? undefined : resolve(first)
}

/**
 * Reads a configuration file: YAML, JSON, or a module whose default export it is.
 * @param read takes the path of each file that was read for it
 * @throws {Stop} naming the line, where the file cannot be read
 */
export async function readConfig(path: string, read: Set<string>): Promise<ConfigFile> {
  read.add(path)
  if (isModule(path)) {
    const { default: data } = await loadModule(path, read)
    if (data === undefined) {
      const expected =
        'Expected export default defineConfig({ … }), or for a provider export const acme = defineProvider({ … }).'
      throw new Stop(2, `${shown(path)} has no default export. ${expected}`)
    }
    return { path, data, lineOf: () => undefined }
  }
  if (!/\.(json|ya?ml)$/.test(path)) {
    throw new Stop(
      2,
      `${shown(path)} is no configuration. Expected a file that ends in .json, .yaml, .yml, .ts, .mts, .js or .mjs.`,
    )
  }
  const { parse } = await import('./config-syntax.ts')
  return { path, ...parse(path, textOf(path)) }
}
