import { putRecord, type Table } from './table.ts'

/** An id that counts once as long as it lives. */
export interface TakenId {
  readonly id: string
  readonly expiresAt: number
}

/** How far ids have been forgotten. */
export interface Forgetting {
  /** What ended by then may have come before. */
  readonly forgotten: number
  /** At so many those that are over are looked for. */
  readonly fullAt: number
}

/** Ids that count once as long as they live. */
export interface TakenIds {
  /**
   * False when the id was taken before, or may have been.
   * @param over what has ended by then is over by every clock
   */
  take(id: string, expiresAt: number, over: number): boolean
}

/**
 * @param taken the ids
 * @param bounds has one entry, once something was forgotten
 * @param room how many to keep before those that are over are looked for
 */
export function createTakenIds(taken: Table<TakenId>, bounds: Table<Forgetting>, room: number): TakenIds {
  // Looked through only when there are twice as many as were left the last time, so that each id pays for a few.
  const none: Forgetting = { forgotten: 0, fullAt: room }
  const bound = () => bounds.get(bounds.keyOf(none))?.record ?? none

  function forgetWhatIsOver(over: number): void {
    let { forgotten } = bound()
    for (const entry of taken.values()) {
      if (entry.record.expiresAt > over) continue
      taken.forget(entry)
      forgotten = Math.max(forgotten, entry.record.expiresAt)
    }
    putRecord(bounds, { forgotten, fullAt: Math.max(room, 2 * taken.size) })
  }

  return {
    take(id, expiresAt, over) {
      const { forgotten, fullAt } = bound()
      // What ended no later than one that is forgotten may have come before.
      if (taken.get(id) || expiresAt <= forgotten) return false
      if (taken.size >= fullAt) forgetWhatIsOver(over)
      putRecord(taken, { id, expiresAt })
      return true
    },
  }
}
