import type { Letter } from '../webhook-event.ts'
import type { OutboxCounts } from './state.ts'

/** To whom deliveries stand still, since too many attempts in a row were in vain. */
export interface Pauses {
  stands(addressee: string): boolean
  /** One more in vain. */
  inVain(letter: Letter): void
  /** Begins to count anew; whether deliveries stood still. */
  lift(addressee: string): boolean
  clear(): void
  dump(): Omit<OutboxCounts, 'taken'>
  load(counts: Omit<OutboxCounts, 'taken'>): void
}

/** @param changed is told of each other count */
export function createPauses(changed: () => void): Pauses {
  /** Attempts in vain in a row, by addressee. */
  const vain = new Map<string, number>()
  const paused = new Set<string>()
  const clear = () => {
    vain.clear()
    paused.clear()
  }
  return {
    stands: (addressee) => paused.has(addressee),
    inVain({ addressee, pausedAfter = Number.POSITIVE_INFINITY }) {
      const inARow = (vain.get(addressee) ?? 0) + 1
      vain.set(addressee, inARow)
      if (inARow >= pausedAfter) paused.add(addressee)
      changed()
    },
    lift(addressee) {
      const stood = paused.delete(addressee)
      if (vain.delete(addressee)) changed()
      return stood
    },
    clear,
    dump: () => ({ vain: Object.fromEntries(vain), paused: [...paused] }),
    load(counts) {
      clear()
      for (const [addressee, count] of Object.entries(counts.vain)) vain.set(addressee, count)
      for (const addressee of counts.paused) paused.add(addressee)
    },
  }
}
