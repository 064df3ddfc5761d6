/** Ids that count once as long as they live. */
export interface TakenIds {
  /**
   * False when the id was taken before, or may have been.
   * @param over what has ended by then is over by every clock
   */
  take(id: string, expiresAt: number, over: number): boolean
  clear(): void
}

/** @param room how many to keep before those that are over are looked for */
export function createTakenIds(room: number): TakenIds {
  const taken = new Map<string, number>()
  let forgotten = 0
  // Looked through only when there are twice as many as were left the last time, so that each id pays for a few.
  let fullAt = room

  function forgetWhatIsOver(over: number): void {
    for (const [id, end] of taken) {
      if (end > over) continue
      taken.delete(id)
      forgotten = Math.max(forgotten, end)
    }
    fullAt = Math.max(room, 2 * taken.size)
  }

  return {
    take(id, expiresAt, over) {
      // What ended no later than one that is forgotten may have come before.
      if (taken.has(id) || expiresAt <= forgotten) return false
      if (taken.size >= fullAt) forgetWhatIsOver(over)
      taken.set(id, expiresAt)
      return true
    },
    clear() {
      taken.clear()
      forgotten = 0
      fullAt = room
    },
  }
}
