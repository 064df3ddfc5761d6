import * as v from 'valibot'
import type { Json } from '../json.ts'
import { isObject, listOf, recordOf, type Schema, valueThat } from './section.ts'

const expected = 'what JSON can hold: text, a finite number, true, false, null, a list or an object'
const scalar: Schema<Json> = valueThat(
  expected,
  (value) => value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value),
)

/** What JSON can hold; members that are undefined are left out. */
export const json: Schema<Json> = v.lazy((value) => {
  if (Array.isArray(value)) return listOf(expected, json)
  return isObject(value) && isPlain(value) ? recordOf(expected, v.optional(json)) : scalar
})

/** False for a Date, a Promise and the like. */
const isPlain = (value: object) => [Object.prototype, null].includes(Object.getPrototypeOf(value))

/** True for what JSON can hold. */
export const isJson = (value: unknown): boolean => v.is(json, value)
