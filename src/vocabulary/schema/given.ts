import { closest, distance } from 'fastest-levenshtein'

const longest = 60

const shortened = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text)

/** A value that was given, for a sentence: quoted, and never long. */
export function given(value: unknown): string {
  if (value === undefined) return 'missing'
  if (typeof value === 'string') return shortened(JSON.stringify(value))
  if (typeof value === 'function') return value.name ? shortened(`the function ${value.name}`) : 'a function'
  if (Array.isArray(value))
    return value.length === 0 ? 'an empty list' : shortened(`a list of ${value.map(given).join(', ')}`)
  if (typeof value !== 'object' || value === null) return String(value)
  if (value instanceof Date || value instanceof Promise) return `a ${value.constructor.name}`
  const keys = Object.keys(value)
  return keys.length === 0 ? 'an empty object' : shortened(`an object with ${keys.join(', ')}`)
}

/** The known word that a misspelt one is taken for. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined
  const near = closest(word, known)
  return distance(word.toLowerCase(), near.toLowerCase()) <= Math.max(1, word.length / 3) ? near : undefined
}
