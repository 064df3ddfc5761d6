import * as v from 'valibot'
import { someChance } from '../example.ts'
import type { Format } from '../format.ts'
import { isObject, type Schema, valueThat } from './section.ts'
import { faultOf, tried } from './trial.ts'

const isFormat = (value: unknown): value is Format =>
  isObject(value) && typeof value.words === 'string' && value.words !== '' && typeof value.make === 'function'

const isText = (value: unknown) => typeof value === 'string' && value !== ''

/** How values look; one is made, to see that it comes out as text. */
export const format: Schema<Format> = v.pipe(
  valueThat<Format>('a format: alphanumeric(32), or an object with words and make', isFormat),
  tried(({ make }) => {
    const fault = faultOf(() => make({ chance: someChance, now: 0, clientId: 'client', userId: '1' }), isText)
    return fault && `has a make() that ${fault}. Expected a text that is not empty.`
  }),
)
