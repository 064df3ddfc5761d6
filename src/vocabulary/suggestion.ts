import { closest, distance } from 'fastest-levenshtein'

/** ` Did you mean "token"?` where something known is near; else nothing. */
export function didYouMean(given: unknown, known: readonly string[]): string {
  if (typeof given !== 'string' || given.length > 200 || known.length === 0) return ''
  const near = closest(given.toLowerCase(), [...known])
  return distance(given.toLowerCase(), near.toLowerCase()) <= Math.max(2, given.length / 3)
    ? ` Did you mean "${near}"?`
    : ''
}
