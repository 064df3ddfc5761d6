import type { Misbehaviours } from '../vocabulary/fault.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'
import type { Outside } from './webhook-event.ts'

/** The turn of a request that has waited. */
export interface Turn {
  /** Counted from 1, among those who were let go with it. */
  readonly place: number
  readonly of: number
  /** It is done: whoever is behind it is let go, where they go one after another. */
  done(): void
}

/** Requests that are made to wait on purpose. Each is let go, or forgotten with all else and answered `undefined`. */
export interface Holds {
  /** Waits with others at the barrier of a fault, which opens when it is full. */
  join(id: string, barrier: Misbehaviours['hold']): Promise<Turn | undefined>
  /** Waits real milliseconds. */
  pause(ms: number): Promise<Turn | undefined>
  /** How many wait at the barrier of a fault. */
  waiting(id: string): number
  /** Opens the barrier of a fault as it is; returns how many waited. */
  release(id: string): number
  /** Returns once so many wait at the barrier of a fault; false when none will come any more. */
  gathered(id: string, count: number): Promise<boolean>
  /** The fault is gone: who waits at its barrier is let go. */
  remove(id: string): void
  /** Forgets all who wait. */
  clear(): void
  /** The same, and from now on nobody waits. */
  close(): void
}

type Waiter = (turn?: Turn) => void

interface Barrier {
  readonly order: Misbehaviours['hold']['order']
  readonly waiters: Waiter[]
  readonly stopAlarm: (() => void) | undefined
}

/** Past these, whoever comes is forgotten at once. */
const mostWaiting = 10_000

/**
 * @param alarm rings after real milliseconds
 * @param opened is told of a barrier that opens before it is full
 */
export function createHolds(alarm: Outside['alarm'] = noAlarm, opened: (id: string) => void): Holds {
  let isClosed = false
  const barriers = new Map<string, Barrier>()
  const everyone = new Set<Waiter>()
  const watchers = new Set<{ id: string; count: number; tell: (gathered: boolean) => void }>()

  const wait = (enter: (waiter: Waiter) => void): Promise<Turn | undefined> =>
    new Promise((resolve) => {
      if (isClosed || everyone.size >= mostWaiting) return resolve(undefined)
      const waiter: Waiter = (turn) => {
        everyone.delete(waiter)
        resolve(turn)
      }
      everyone.add(waiter)
      enter(waiter)
    })

  function raise(id: string, { order, forMs }: Misbehaviours['hold']): Barrier {
    const stopAlarm = forMs === undefined ? undefined : alarm(forMs, () => release(id), true)
    const barrier = { order, waiters: [], stopAlarm }
    barriers.set(id, barrier)
    return barrier
  }

  function open(id: string): number {
    const barrier = barriers.get(id)
    if (!barrier) return 0
    barriers.delete(id)
    barrier.stopAlarm?.()
    const queue = inOrder(barrier.waiters, barrier.order)
    const of = queue.length
    const oneByOne = (i: number): void => queue[i]?.({ place: i + 1, of, done: () => oneByOne(i + 1) })
    if (barrier.order) oneByOne(0)
    else for (const [i, letGo] of queue.entries()) letGo({ place: i + 1, of, done: () => undefined })
    return of
  }

  function release(id: string): number {
    const many = open(id)
    if (many > 0) opened(id)
    return many
  }

  function tell(isMeant: (watched: { id: string; count: number }) => boolean, gathered: boolean): void {
    for (const watcher of watchers) {
      if (!isMeant(watcher)) continue
      watchers.delete(watcher)
      watcher.tell(gathered)
    }
  }

  function clear(): void {
    for (const { stopAlarm } of barriers.values()) stopAlarm?.()
    barriers.clear()
    for (const waiter of everyone) waiter()
    tell(() => true, false)
  }

  return {
    join: (id, rule) =>
      wait((waiter) => {
        const { waiters } = barriers.get(id) ?? raise(id, rule)
        waiters.push(waiter)
        const many = waiters.length
        tell((watched) => watched.id === id && watched.count <= many, true)
        if (many >= rule.count) open(id)
      }),
    async pause(ms) {
      let stop: (() => void) | undefined
      const turn = await wait((waiter) => {
        stop = alarm(ms, () => waiter({ place: 1, of: 1, done: () => undefined }), true)
      })
      stop?.()
      return turn
    },
    waiting: (id) => barriers.get(id)?.waiters.length ?? 0,
    release,
    gathered: (id, count) =>
      new Promise((resolve) => {
        if ((barriers.get(id)?.waiters.length ?? 0) >= count) resolve(true)
        else watchers.add({ id, count, tell: resolve })
      }),
    remove(id) {
      release(id)
      tell((watched) => watched.id === id, false)
    },
    clear,
    close() {
      isClosed = true
      clear()
    },
  }
}

/** By places of arrival, counted from 1. */
function inOrder(waiters: readonly Waiter[], order: Misbehaviours['hold']['order']): readonly Waiter[] {
  if (order === 'reverse') return waiters.toReversed()
  if (order === undefined || order === 'arrival') return waiters
  return order.flatMap((place) => waiters[place - 1] ?? [])
}

/** @throws {MockOAuthError} */
function noAlarm(): never {
  const message = 'This world has no timers, so that nothing can wait in it: it was made without an `outside`.'
  throw new MockOAuthError('invalid_fault', message)
}
