import { MockOAuthError } from './misuse.ts'

/** A length of time in milliseconds. */
export type Milliseconds = number

const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** `n` seconds, in milliseconds. */
export const seconds = (n: number): Milliseconds => n * units.s
/** `n` minutes, in milliseconds. */
export const minutes = (n: number): Milliseconds => n * units.m
/** `n` hours, in milliseconds. */
export const hours = (n: number): Milliseconds => n * units.h
/** `n` days of 24 hours, in milliseconds. */
export const days = (n: number): Milliseconds => n * units.d

/** A life without an end. */
export const never: Milliseconds = Number.POSITIVE_INFINITY

const iso = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/
const longest = days(36_525)

/**
 * Reads `3601s`, `61m`, `2h`, `29d` or ISO 8601 (`PT61M`, `P30D`), to milliseconds.
 * @throws {MockOAuthError} `invalid_duration`
 */
export function duration(text: string): Milliseconds {
  const short = /^(\d+)([smhd])$/.exec(text)
  const long = iso.exec(text)
  const length = short
    ? Number(short[1]) * units[short[2] as keyof typeof units]
    : long && /\d/.test(text)
      ? [days, hours, minutes, seconds].reduce((sum, unit, i) => sum + unit(Number(long[i + 1] ?? 0)), 0)
      : Number.NaN
  if (length <= longest) return length
  throw new MockOAuthError(
    'invalid_duration',
    `"${text}" is not a length of time. Expected a number and a unit (3601s, 61m, 2h, 29d) or ISO 8601 (PT61M), up to a hundred years.`,
  )
}

/** A length of time in words: `3600000` → `1 hour`, `90000` → `90 seconds`. */
export function inWords(length: Milliseconds): string {
  if (length === never) return 'no end'
  for (const [unit, name] of [
    [units.d, 'day'],
    [units.h, 'hour'],
    [units.m, 'minute'],
  ] as const) {
    if (length >= unit && length % unit === 0) return `${length / unit} ${name}${length === unit ? '' : 's'}`
  }
  return `${length / units.s} second${length === units.s ? '' : 's'}`
}
