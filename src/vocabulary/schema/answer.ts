import * as v from 'valibot'
import type { GradedShape, Leaf } from '../answer.ts'
import { exampleGrant } from '../example.ts'
import type { Plain } from '../plain.ts'
import { isJson } from './json.ts'
import { isObject, listOf, recordOf, type Schema, valueThat } from './section.ts'
import { faultOf, tried } from './trial.ts'

type Shape = Plain<GradedShape>

const isLeaf = (value: unknown): value is Leaf =>
  isObject(value) && typeof value.words === 'string' && typeof value.read === 'function'

/** A value read from what was granted; it is read once from an example. */
export const leaf: Schema<Leaf> = v.pipe(
  valueThat<Leaf>("a leaf: leaf('what stands there', (granted) => …)", isLeaf),
  tried(({ read }) => {
    const fault = faultOf(
      () => read(exampleGrant),
      (value) => value === undefined || isJson(value),
    )
    return fault && `is a leaf that ${fault}. Expected what JSON can hold, or undefined to leave the key out.`
  }),
)

const expected =
  'what an answer can hold: a leaf such as theAccessToken, text, a number, true, false, null, a list or an object'
const scalar: Schema<Shape[string]> = valueThat(
  expected,
  (value) => value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value),
)
const noFormat = valueThat<never>(`a leaf, not a format: usersValue('name', alphanumeric(32))`, () => false)

const part: Schema<Shape[string]> = v.lazy((value): Schema<Shape[string]> => {
  if (Array.isArray(value)) return listOf(expected, part)
  if (typeof value === 'function') return leaf
  if (!isObject(value)) return scalar
  if (typeof value.make === 'function') return noFormat
  return typeof value.read === 'function' ? leaf : shape
})

/** An answer, key by key. */
export const shape: Schema<Shape> = recordOf('an answer: an object with its keys in the order of the wire', part)
