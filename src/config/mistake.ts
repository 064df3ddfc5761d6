import { closest, distance } from 'fastest-levenshtein'

/** Something wrong in a configuration: where it stands, key by key, and a sentence that says where. */
export interface Mistake {
  readonly path: readonly string[]
  readonly sentence: string
}

/** @param rest of the sentence, after the path */
export const mistakeAt = (path: readonly string[], rest: string): Mistake => ({
  path,
  sentence: `${path.join('.') || 'the configuration'}${rest}`,
})

/** `; did you mean accessToken?` where something known is near, else all that is known. */
export function suggestion(given: string, known: readonly string[]): string {
  const nearest = known.length > 0 ? closest(given, [...known]) : ''
  return nearest !== '' && distance(given, nearest) <= Math.max(2, given.length / 3)
    ? `; did you mean ${nearest}?`
    : `. Known: ${known.join(', ') || 'none'}.`
}
