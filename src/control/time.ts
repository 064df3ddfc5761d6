import { duration } from '../vocabulary/duration.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'
import type { World } from '../world/world.ts'

/** What to do with a world's clock; done in this order. */
export interface ClockInput {
  /** ISO 8601. */
  set?: string
  /** `61m`, `PT61M`. */
  advance?: string
  freeze?: boolean
}

/** A world's clock. */
export interface ClockState {
  /** ISO 8601. */
  readonly now: string
  readonly frozen: boolean
}

export const readClock = ({ clock }: World): ClockState => ({
  now: new Date(clock.now()).toISOString(),
  frozen: clock.frozen(),
})

/**
 * Moves or stops a world's clock.
 * @throws {MockOAuthError} `invalid_time`, `invalid_duration`
 */
export function moveClock(world: World, { set, advance, freeze }: ClockInput): ClockState {
  const by = advance === undefined ? undefined : duration(advance)
  if (set !== undefined) {
    const to = Date.parse(set)
    if (!/^\d{4}-\d\d-\d\d(T|$)/.test(set) || Number.isNaN(to)) {
      throw new MockOAuthError(
        'invalid_time',
        `"${set}" is not a time. Expected ISO 8601, such as 2026-01-31T12:00:00Z.`,
      )
    }
    world.clock.set(to)
  }
  if (by !== undefined) world.clock.advance(by)
  if (freeze !== undefined) world.clock.freeze(freeze)
  return readClock(world)
}
