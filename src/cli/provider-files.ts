import { resolve } from 'node:path'
import { checkOwn } from '../control/own.ts'
import { providers } from '../providers.ts'
import type { ProviderDefinition } from '../vocabulary/definition.ts'
import { shown } from './file-text.ts'
import { loadModule } from './load-module.ts'
import { Stop } from './stop.ts'

const isDefinition = (value: unknown): value is ProviderDefinition => {
  if (typeof value !== 'object' || value === null) return false
  const { id, authorize, token } = value as Record<string, unknown>
  return typeof id === 'string' && typeof authorize === 'object' && typeof token === 'object'
}

/** The definitions among the exports of a module: the default one alone, where that is one. */
export function definitionsIn(
  exports: Readonly<Record<string, unknown>>,
): readonly [name: string, ProviderDefinition][] {
  const found = Object.entries({ 'module.exports': exports, ...exports }).flatMap(
    ([name, value]): [string, ProviderDefinition][] => (isDefinition(value) ? [[name, value]] : []),
  )
  const main = found.find(([name]) => name === 'default')
  return main ? [main] : found
}

/**
 * The provider that a file defines.
 * @param from the folder that a relative path starts at
 * @param read takes the path of each file that was read for it
 * @throws {Stop} where the file cannot be loaded, defines none or several, or takes the name of one that is built in
 * @throws {MockOAuthError} `invalid_definition`, with every mistake of the definition
 */
export async function loadProvider(path: string, from: string, read: Set<string>): Promise<ProviderDefinition> {
  const file = resolve(from, path)
  const exports = await loadModule(file, read)
  const [first, second] = definitionsIn(exports)
  if (!first) {
    const names = Object.keys(exports).join(', ') || 'nothing'
    const expected = "export const acme = defineProvider({ id: 'acme', …, authorize: …, token: … })"
    throw new Stop(
      2,
      `${shown(file)} defines no provider. Expected ${expected}, as "mock-oauth/define" has it. It exports ${names}.`,
    )
  }
  if (second) {
    const names = definitionsIn(exports)
      .map(([name]) => name)
      .join(', ')
    throw new Stop(
      2,
      `${shown(file)} defines several providers: ${names}. Export one of them, or make one the default export.`,
    )
  }
  const [, definition] = first
  if (Object.hasOwn(providers, definition.id)) {
    throw new Stop(
      2,
      `${shown(file)} has the id "${definition.id}", which is that of a provider that is built in. Give it another.`,
    )
  }
  await checkOwn([definition])
  return definition
}
