import { dirname } from 'node:path'
import type { Mistake } from '../config/mistake.ts'
import { mistakesIn } from '../config/mistakes.ts'
import type { Config } from '../config.ts'
import { InvalidDefinition, MockOAuthError } from '../vocabulary/misuse.ts'
import type { ConfigFile } from './config-file.ts'
import { shown } from './file-text.ts'
import { isPath } from './path.ts'
import { loadProvider } from './provider-files.ts'
import { Stop } from './stop.ts'

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const inOrder = new Intl.Collator('en', { numeric: true })

/** A configuration that was looked at. */
export interface Judged {
  /** Its own providers are definitions by now. */
  readonly config: Config
  /** In the order of the file, where its lines are known. */
  readonly mistakes: readonly (Mistake & { readonly line?: number })[]
}

/**
 * Loads the providers that a configuration names by file, and judges all of it.
 * @param read takes the path of each file that was read for it
 */
export async function judge({ path, data, lineOf }: ConfigFile, read: Set<string>): Promise<Judged> {
  const config = (isObject(data) ? { ...data } : data) as Config
  const unread: Mistake[] = []
  if (Array.isArray(config?.providers)) {
    const loaded: unknown[] = []
    for (const [i, one] of (config.providers as readonly unknown[]).entries()) {
      loaded.push(typeof one === 'string' && isPath(one) ? await load(one, i) : one)
    }
    config.providers = loaded as NonNullable<Config['providers']>
  }
  async function load(one: string, i: number) {
    try {
      return await loadProvider(one, dirname(path), read)
    } catch (error) {
      if (!(error instanceof Stop || error instanceof MockOAuthError)) throw error
      const place = ['providers', `${i}`]
      if (error instanceof InvalidDefinition) {
        for (const { path: keys, message } of error.mistakes) {
          unread.push({ path: [...place, ...keys.split('.')], sentence: `providers.${i}: ${keys} ${message}` })
        }
      } else unread.push({ path: place, sentence: `providers.${i}: ${error.message}` })
      return one
    }
  }
  const found = (await mistakesIn(config, unread)).map((mistake) => {
    const line = lineOf(mistake.path)
    return { ...mistake, ...(line !== undefined && { line }) }
  })
  return {
    config,
    mistakes: found.toSorted(
      (a, b) => (a.line ?? 0) - (b.line ?? 0) || inOrder.compare(a.path.join('.'), b.path.join('.')),
    ),
  }
}

/** Each mistake on a line of its own: `mock-oauth.config.yaml:4 port is "x"; …`. */
export const mistakeLines = ({ path }: Pick<ConfigFile, 'path'>, { mistakes }: Judged): readonly string[] =>
  mistakes.map(({ line, sentence }) => `${shown(path)}${line === undefined ? ':' : `:${line}`} ${sentence}`)
