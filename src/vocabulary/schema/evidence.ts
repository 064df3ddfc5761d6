import { type Grade, isKnown, type Known } from '../evidence.ts'
import { given } from './given.ts'
import { isObject } from './section.ts'

const how: Readonly<Record<Grade, string>> = {
  documented: "documented(value, 'where it was read')",
  observed: "observed(value, 'where it was seen')",
  standard: "standard(value, 'RFC 6749 §5.1')",
  assumed: "assumed(value, { because: 'why' })",
}

/** A name that a command line can say: `--assume acme.errors=plain`. */
const name = /^[\w-]+$/

/** Each value that carries its evidence, and the path at which it stands. */
export function* evidenceIn(value: unknown, path = ''): Generator<readonly [path: string, known: Known<unknown>]> {
  if (isKnown(value)) {
    yield [path, value]
    for (const one of [value.value, ...(isObject(value.otherwise) ? Object.values(value.otherwise) : [])]) {
      yield* evidenceIn(one, path)
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) yield* evidenceIn(inner, path ? `${path}.${key}` : key)
  }
}

/** What is wrong with the evidence that a value carries, as the end of a sentence that begins with its path. */
export function* faultsOf({ grade, source, as, otherwise }: Known<unknown>): Generator<string> {
  if (!Object.hasOwn(how, grade)) {
    yield `has the grade ${given(grade)}. Expected one of ${Object.keys(how).join(', ')}.`
  } else if (typeof source !== 'string' || source.trim() === '') {
    yield `is ${grade}, and its source is ${given(source)}. Expected ${how[grade]}.`
  }
  if (as === undefined && otherwise === undefined) return
  if (typeof as !== 'string' || !name.test(as)) {
    yield `has alternatives whose "as" is ${given(as)}. Expected a name of letters, digits and hyphens: as: 'errors'.`
  }
  if (!isObject(otherwise) || Object.keys(otherwise).length === 0) {
    yield `has a name for its alternatives, "as", and "otherwise" is ${given(otherwise)}. Expected otherwise: { name: value }.`
  } else {
    for (const choice of Object.keys(otherwise).filter((one) => !name.test(one))) {
      yield `has an alternative named ${given(choice)}. Expected letters, digits and hyphens.`
    }
  }
}
