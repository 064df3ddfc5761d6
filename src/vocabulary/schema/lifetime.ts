import * as v from 'valibot'
import { duration, type Milliseconds } from '../duration.ts'
import { type Schema, wrong } from './section.ts'

/** A length of time. Whether it is above zero is judged where it is played. */
export const lifetime: Schema<Milliseconds> = v.custom<Milliseconds>(
  (value) => typeof value === 'number' && !Number.isNaN(value),
  ({ input }) => wrong(input, `a length of time in milliseconds: ${written(input)}`),
)

/** `'90m'` → `minutes(90)`. */
function written(value: unknown): string {
  const length = typeof value === 'string' ? lengthOf(value) : undefined
  if (length === undefined) return 'hours(1)'
  for (const [unit, milliseconds] of Object.entries({ days: 86_400_000, hours: 3_600_000, minutes: 60_000 })) {
    if (length >= milliseconds && length % milliseconds === 0) return `${unit}(${length / milliseconds})`
  }
  return `seconds(${length / 1_000})`
}

function lengthOf(text: string): Milliseconds | undefined {
  try {
    return duration(text)
  } catch {
    return undefined
  }
}
