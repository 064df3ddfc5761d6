import { duration } from '../vocabulary/duration.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'
import type { World } from '../world/world.ts'

/** What to do with a world's clock: it is set, then advanced; where it is to stop it stands still all the while. */
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

/** What a world's clock shows. */
export const readClock = ({ clock }: World): ClockState => ({
  now: new Date(clock.now()).toISOString(),
  frozen: clock.frozen(),
})

/**
 * Moves or stops a world's clock, at once; then makes every delivery that is due by it.
 * @throws {MockOAuthError} `invalid_time`, `invalid_duration`
 */
export async function moveClock(world: World, { set, advance, freeze }: ClockInput): Promise<ClockState> {
  const by = advance === undefined ? undefined : duration(advance)
  const to = set === undefined ? undefined : momentOf(set)
  // Stopped first, so that not a millisecond passes between what is asked for together.
  if (freeze === true) world.clock.freeze(true)
  if (to !== undefined) world.clock.set(to)
  if (by !== undefined) world.clock.advance(by)
  if (freeze === false) world.clock.freeze(false)
  const state = readClock(world)
  await world.outbox.catchUp()
  return state
}

/** ISO 8601 to milliseconds; without a zone it is UTC, and a day that no calendar has is no time. */
function momentOf(text: string): number {
  const [, day, time = 'T00:00', zone = 'Z'] = /^(\d{4}-\d\d-\d\d)(T\d[\d:.]*)?(Z|[+-]\d\d:\d\d)?$/.exec(text) ?? []
  const moment = Date.parse(`${day}${time}${zone}`)
  const isADay = !Number.isNaN(moment) && new Date(`${day}T00:00Z`).toISOString().slice(0, 10) === day
  if (isADay) return moment
  throw new MockOAuthError('invalid_time', `"${text}" is not a time. Expected ISO 8601, such as 2026-01-31T12:00:00Z.`)
}
