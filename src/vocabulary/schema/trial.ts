import * as v from 'valibot'
import { given } from './given.ts'
import { at } from './section.ts'

/**
 * Tries a value in which nothing was wrong so far.
 * @param look returns what to say of the value, if anything
 * @param key the key of the value that it is said of
 */
export const tried = <T>(look: (value: T) => string | undefined, key?: string & keyof T) =>
  v.rawCheck<T>(({ dataset, addIssue }) => {
    if (!dataset.typed || dataset.issues) return
    const message = look(dataset.value)
    if (message !== undefined) addIssue(key === undefined ? { message } : { message, path: [at(key)] })
  })

/** What is wrong with what a function returns; undefined where nothing is. */
export function faultOf(call: () => unknown, isRight: (value: unknown) => boolean): string | undefined {
  try {
    const value = call()
    // A promise is refused below; how it ends is nobody's any more.
    if (value instanceof Promise) value.catch(() => {})
    return isRight(value) ? undefined : `returns ${value === undefined ? 'undefined' : given(value)}`
  } catch (error) {
    return `throws ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`
  }
}
