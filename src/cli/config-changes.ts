import type { Config } from '../config.ts'
import type { ProviderDefinition } from '../vocabulary/definition.ts'

/** What is different between two configurations: paths of keys that are taken at once, and keys that take a restart. */
export interface Changes {
  readonly taken: readonly string[]
  readonly restart: readonly string[]
}

const fixed = [
  'seed',
  'state',
  'port',
  'host',
  'controlToken',
  'allowHosts',
  'tls',
  'json',
  'quiet',
  'watch',
  'worlds',
  'strictFaults',
]

/** Compares two configurations. */
export function changesBetween(before: Config, after: Config): Changes {
  const paths = [...pathsBetween(plain(before), plain(after))]
  const keyOf = (path: string) => /^[^. ]*/.exec(path)?.[0] ?? ''
  const isFixed = (path: string) => fixed.includes(keyOf(path))
  return {
    taken: paths.filter((path) => !isFixed(path)),
    restart: [...new Set(paths.filter(isFixed).map(keyOf))],
  }
}

type Tree = Readonly<Record<string, unknown>>

/** Providers by name, so that a place in the list is nothing; a definition that was read anew is another object. */
const plain = ({ $schema: _, providers = [], ...rest }: Config): Tree => ({
  providers: Object.fromEntries(
    providers.map((one) => (typeof one === 'string' ? [one, true] : [one.id, writing(one)])),
  ),
  ...rest,
})

/** A definition as text: its functions as they are written. */
const writing = (definition: ProviderDefinition): string =>
  JSON.stringify(definition, (_, value) =>
    typeof value === 'function' || value instanceof RegExp || value === Number.POSITIVE_INFINITY
      ? String(value)
      : value,
  )

function* pathsBetween(before: Tree, after: Tree, at: readonly string[] = []): Generator<string> {
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, fresh] = [before[key], after[key]]
    if (isTree(old) && isTree(fresh)) yield* pathsBetween(old, fresh, [...at, key])
    else if (JSON.stringify(old) !== JSON.stringify(fresh)) {
      const how = old === undefined ? ' (new)' : fresh === undefined ? ' (gone)' : ''
      yield [...at, key].join('.') + how
    }
  }
}

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null
