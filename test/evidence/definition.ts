/** A value of a definition that says how it is known. */
export interface Graded {
  readonly path: string
  readonly grade: string
  readonly source: string
  readonly as: string | undefined
  /** The names of its alternatives. */
  readonly alternatives: readonly string[]
}

interface Known {
  value: unknown
  grade: string
  source: string
  as?: string
  otherwise?: Record<string, unknown>
}

interface Table {
  readonly path: string
  readonly as: string | undefined
  /** The one that is played first, without a name. */
  readonly dialects: readonly { readonly name: string | undefined; readonly kinds: readonly string[] }[]
}

const mark = Symbol.for('mock-oauth.evidence')

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const isKnown = (value: unknown): value is Known => isObject(value) && Object.hasOwn(value, mark)
const bare = (value: unknown): unknown => (isKnown(value) ? value.value : value)
const hasWords = (value: unknown) => isObject(value) && typeof value.words === 'string'

/** Each value within another one, with the path at which it stands and the evidence taken off; those with words end there. */
function* walk(value: unknown, path = ''): Generator<[path: string, value: unknown]> {
  yield [path, value]
  const inside = bare(value)
  if (!isObject(inside) || hasWords(inside)) return
  for (const [key, part] of Object.entries(inside)) yield* walk(part, path ? `${path}.${key}` : key)
}

/** Every value of a definition that carries its evidence, in order. */
export const gradedIn = (definition: object): Graded[] =>
  [...walk(definition)].flatMap(([path, value]) => {
    if (!isKnown(value)) return []
    const { grade, source, as, otherwise = {} } = value
    return [{ path, grade, source, as, alternatives: Object.keys(otherwise) }]
  })

/** The paths of all scalars and of all values with words. */
export const scalarsIn = (definition: object): string[] =>
  [...walk(definition)].flatMap(([path, value]) => {
    const inside = bare(value)
    return isObject(inside) && !hasWords(inside) ? [] : [path]
  })

/** The error tables of a definition, each with its other dialects. */
export const tablesIn = (definition: object): Table[] =>
  [...walk(definition)].flatMap(([path, value]) => {
    const played = bare(value)
    if (!isObject(played) || !isObject(played.rows)) return []
    const { as, otherwise = {} } = isKnown(value) ? value : {}
    const dialectOf = (name: string | undefined, dialect: unknown) => ({
      name,
      kinds: isObject(dialect) && isObject(dialect.rows) ? Object.keys(dialect.rows) : [],
    })
    const others = Object.entries(otherwise).map(([name, dialect]) => dialectOf(name, dialect))
    return [{ path, as, dialects: [dialectOf(undefined, played), ...others] }]
  })
