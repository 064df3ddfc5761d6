import * as v from 'valibot'
import { given, nearest } from './given.ts'

/** Judges one value of a plain definition; its message goes on after the path: `is "1h". Expected …`. */
export type Schema<T> = v.GenericSchema<unknown, T>

type Optional<T> = v.OptionalSchema<Schema<T>, undefined>

/** A schema for each key of an interface: one that lacks, is misnamed or is of another type does not compile. */
export type Entries<T> = {
  readonly [K in keyof T]-?: Record<never, never> extends Pick<T, K> ? Optional<Exclude<T[K], undefined>> : Schema<T[K]>
}

/** What is wrong with a value, and what was expected in its place. */
export const wrong = (value: unknown, expected: string): string => `is ${given(value)}. Expected ${expected}.`

/** A value for which a condition holds. */
export const valueThat = <T>(expected: string, holds: (value: unknown) => boolean): Schema<T> =>
  v.custom<T>(holds, ({ input }) => wrong(input, expected))

/** A key that may be left out. */
export const optional = <T>(schema: Schema<T>): Optional<T> => v.optional(schema)

/** True for an object that is no list. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** An object with the keys of an interface and no others. */
export function section<T>(entries: Entries<T>, expected?: string): Schema<T> {
  const schemas = Object.entries<Schema<unknown>>(entries)
  const required = schemas.filter(([, schema]) => schema.type !== 'optional')
  const checked = v.pipe(
    valueThat<object>(expected ?? `an object with ${required.map(([key]) => key).join(', ')}`, isObject),
    v.looseObject(Object.fromEntries(schemas.map(([key, schema]) => [key, v.optional(schema)]))),
    v.rawCheck(({ dataset: { value }, addIssue }) => {
      if (!isObject(value)) return
      const meant = addStrangers(value, Object.keys(entries), addIssue)
      for (const [key, schema] of required) {
        if (value[key] === undefined && !meant.has(key)) addIssue({ message: missing(schema), path: [at(key)] })
      }
    }),
  )
  return checked as unknown as Schema<T>
}

const missing = (schema: Schema<unknown>): string => v.safeParse(schema, undefined).issues?.[0].message ?? 'is missing.'

/** A step of an issue's path. */
export const at = (key: string): v.ObjectPathItem => ({
  type: 'object',
  origin: 'key',
  input: {},
  key,
  value: undefined,
})

/** Tells of each key that is not known, and returns the keys that are taken to be meant. */
export function addStrangers(
  value: object,
  known: readonly string[],
  addIssue: (issue: { message: string; path?: [v.ObjectPathItem] }) => void,
): ReadonlySet<string> {
  const meant = new Set<string>()
  const strangers = Object.keys(value).filter((one) => !known.includes(one))
  if (strangers.length > 5) {
    const kinds = `has ${strangers.slice(0, 2).join(', ')} and ${strangers.length - 2} more`
    addIssue({ message: `${kinds}, which are not in the vocabulary here. Expected ${known.slice(0, 12).join(', ')}.` })
    return meant
  }
  for (const key of strangers) {
    const near = nearest(key, known)
    if (near) meant.add(near)
    const hint = near ? ` Did you mean "${near}"?` : known.length <= 12 ? ` Expected ${known.join(', ')}.` : ''
    addIssue({ message: `is not in the vocabulary.${hint}`, path: [at(key)] })
  }
  return meant
}

/** An object with keys of the author's own. */
export const recordOf = <T>(
  expected: string,
  schema: Schema<T>,
  key: v.GenericSchema<string> = v.string(),
): Schema<Readonly<Record<string, T>>> =>
  v.pipe(valueThat<object>(expected, isObject), v.record(key, schema)) as unknown as Schema<Readonly<Record<string, T>>>

/** A key of a certain form. */
export const keyThat = (expected: string, form: RegExp): v.GenericSchema<string> =>
  v.pipe(
    v.string(),
    v.regex(form, () => `is a key that does not fit. Expected ${expected}.`),
  )

/** A list, each item of one kind. */
export const listOf = <T>(expected: string, schema: Schema<T>): Schema<readonly T[]> =>
  v.array(schema, ({ input }) => wrong(input, expected)) as unknown as Schema<readonly T[]>

/** One of a few words: the keys of a table that the compiler holds to be complete. */
export function oneOf<Word extends string>(words: Readonly<Record<Word, unknown>>): Schema<Word> {
  const known = Object.keys(words)
  const quoted = known.map((word) => `"${word}"`)
  const expected = quoted.length > 1 ? `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}` : `${quoted[0]}`
  return v.custom<Word>(
    (value) => typeof value === 'string' && known.includes(value),
    ({ input }) => {
      const near = typeof input === 'string' && nearest(input, known)
      return near ? `is ${given(input)}. Did you mean "${near}"?` : wrong(input, expected)
    },
  )
}

/** Text that is not empty. */
export const text: Schema<string> = valueThat('a text', (value) => typeof value === 'string' && value !== '')
/** Any text, an empty one too. */
export const anyText: Schema<string> = valueThat('a text', (value) => typeof value === 'string')
/** True or false. */
export const flag: Schema<boolean> = valueThat('true or false', (value) => typeof value === 'boolean')
/** A whole number from 1 on. */
export const count: Schema<number> = valueThat(
  'a whole number above zero',
  (value) => Number.isInteger(value) && Number(value) > 0,
)
/** An HTTP status. */
export const status: Schema<number> = valueThat(
  'an HTTP status, such as 400',
  (value) => Number.isInteger(value) && Number(value) >= 200 && Number(value) <= 599,
)
/** A function of the definition; what it returns is tried where an example can be made up. */
export const functionThat = <F>(does: string): Schema<F> =>
  valueThat(`a function that ${does}`, (value) => typeof value === 'function')
