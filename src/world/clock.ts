import type { Milliseconds } from '../vocabulary/duration.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'

/** The one clock of a world. It runs with real time until it is advanced, set or frozen. */
export interface Clock {
  /** World time in milliseconds since the Unix epoch. */
  now(): number
  /** Real time, by which those outside date what they sign. */
  real(): number
  frozen(): boolean
  /** Moves forward; the clock never goes back by it. */
  advance(by: Milliseconds): void
  /** Moves to a moment, in milliseconds since the Unix epoch. */
  set(to: number): void
  freeze(on: boolean): void
  /** Back to real time. */
  restart(): void
  dump(): ClockState
  /** Goes on from what another has dumped; nothing becomes due by it. */
  load(state: ClockState): void
}

/** A clock as plain data. */
export interface ClockState {
  /** World time less real time, in milliseconds. */
  readonly offset: number
  /** World time at which it stands still. */
  readonly stopped?: number
}

const lastMoment = Date.UTC(9999, 0)

/**
 * @param real reads real time in milliseconds; the caller owns it
 * @param moved is told before and after each jump: what is due happens, and what is over stays over when the clock goes back
 */
export function createClock(real: () => number, moved: () => void): Clock {
  let offset = 0
  let stopped: number | undefined
  const now = () => stopped ?? real() + offset
  const jump = (to: number) => {
    if (!(to >= 0 && to <= lastMoment))
      throw new MockOAuthError('invalid_time', 'The clock of a world stays between 1970 and 9999.')
    moved()
    offset = to - real()
    if (stopped !== undefined) stopped = to
    moved()
  }
  return {
    now,
    real,
    frozen: () => stopped !== undefined,
    advance: (by) => jump(now() + by),
    set: jump,
    freeze(on) {
      if (on) stopped ??= now()
      else if (stopped !== undefined) {
        offset = stopped - real()
        stopped = undefined
      }
    },
    restart() {
      offset = 0
      stopped = undefined
    },
    dump: () => (stopped === undefined ? { offset } : { offset, stopped }),
    load(state) {
      offset = state.offset
      stopped = state.stopped
    },
  }
}
