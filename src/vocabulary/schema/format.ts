import * as v from 'valibot'
import type { Chance } from '../chance.ts'
import type { Format } from '../format.ts'
import { given } from './given.ts'
import { isObject, type Schema, valueThat } from './section.ts'

/** The first character each time: enough to see what a function makes. */
export const someChance: Chance = {
  below: () => 0,
  string: (alphabet, length) => alphabet.slice(0, 1).repeat(length),
  fork: () => someChance,
}

const isFormat = (value: unknown): value is Format =>
  isObject(value) && typeof value.words === 'string' && value.words !== '' && typeof value.make === 'function'

/** How values look; one is made, to see that it comes out as text. */
export const format: Schema<Format> = v.pipe(
  valueThat<Format>('a format: alphanumeric(32), or an object with words and make', isFormat),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return
    const fault = faultOf(() => dataset.value.make({ chance: someChance, now: 0, clientId: 'client', userId: '1' }))
    if (fault) addIssue({ message: `has a make() that ${fault}. Expected a text that is not empty.` })
  }),
)

const isText = (value: unknown) => typeof value === 'string' && value !== ''

/** What is wrong with what a function returns; undefined where nothing is. */
export function faultOf(call: () => unknown, isRight: (value: unknown) => boolean = isText): string | undefined {
  try {
    const value = call()
    return isRight(value) ? undefined : `returns ${value === undefined ? 'undefined' : given(value)}`
  } catch (error) {
    return `throws ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`
  }
}
