import type { Outside } from '../world/webhook-event.ts'

/**
 * Waits real milliseconds, or for ever, until one of the signals is aborted. True once the time is over, false when it was
 * cut short.
 */
export type Wait = (ms: number | undefined, signals: readonly AbortSignal[]) => Promise<boolean>

/** Past these, nobody is kept waiting. */
const mostWaiting = 10_000

/** A place to wait, for all answers of a door. */
export function createWaiting(alarm: Outside['alarm']): Wait {
  let waiting = 0
  // One listener for all who wait: a signal warns of many.
  const rooms = new WeakMap<AbortSignal, Set<() => void>>()
  function roomOf(signal: AbortSignal): Set<() => void> {
    const there = rooms.get(signal)
    if (there) return there
    const room = new Set<() => void>()
    rooms.set(signal, room)
    const letAllGo = () => {
      for (const letGo of room) letGo()
    }
    signal.addEventListener('abort', letAllGo, { once: true })
    return room
  }

  return (ms, signals) =>
    new Promise((resolve) => {
      if (waiting >= mostWaiting || signals.some(({ aborted }) => aborted)) return resolve(false)
      const rooms = signals.map(roomOf)
      waiting++
      const end = (passed: boolean) => {
        waiting--
        for (const room of rooms) room.delete(letGo)
        stop?.()
        resolve(passed)
      }
      const letGo = () => end(false)
      for (const room of rooms) room.add(letGo)
      const stop = ms === undefined ? undefined : alarm(ms, () => end(true), true)
    })
}
