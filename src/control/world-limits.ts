import { duration, hours, type Milliseconds, never } from '../vocabulary/duration.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'

/** How long named worlds are kept without use, and how many of them. */
export interface WorldLimits {
  /** Real time: `30m`, `PT30M`. Default: `1h`; without end where the state outlives the process. */
  idle?: string
  /** Default: 10000. */
  limit?: number
}

/**
 * The same as numbers.
 * @param outlives whether the state outlives the process: then nothing of it ends unasked
 * @throws {MockOAuthError} `invalid_duration`, `invalid_option`
 */
export function limitsOf(
  { idle, limit = 10_000 }: WorldLimits = {},
  outlives = false,
): { idle: Milliseconds; limit: number } {
  const length = idle !== undefined ? duration(idle) : outlives ? never : hours(1)
  if (length === 0) throw new MockOAuthError('invalid_duration', `"${idle}" is no time at all. Expected 1s or longer.`)
  if (Number.isInteger(limit) && limit >= 0) return { idle: length, limit }
  throw new MockOAuthError('invalid_option', `${limit} is no number of worlds. Expected a whole number from 0.`)
}
