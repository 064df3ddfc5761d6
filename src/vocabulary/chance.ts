/** A stream of seeded pseudo-random values: the same seed gives the same values. Not for real secrets. */
export interface Chance {
  /** A whole number from 0 up to, not including, `bound` (at most 2^32). */
  below(bound: number): number
  /** `length` characters of `alphabet`. */
  string(alphabet: string, length: number): string
  /** An independent stream, the same one each time for one name. */
  fork(name: string): Chance
}
