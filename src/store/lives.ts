import { Crowd } from './crowd.ts'
import type { Ending } from './store.ts'

/** A record of something with a life. */
export interface Mortal {
  readonly expiresAt: number
  readonly revoked?: Ending
  readonly expired?: true
}

/** Where something can be found, and be forgotten from. */
interface Findable {
  readonly home: { delete(key: string): boolean }
  readonly key: string
}

/** Something with a life of its own. Its record is replaced, never changed, so callers may keep what they got. */
export interface Item<R = Mortal> extends Findable {
  record: R
  alive: boolean
  readonly expiresAt: number
  readonly family: Family | undefined
  /** Whether it stays findable for a while when it is dead. */
  readonly remembered: boolean
}

/** Codes and tokens that end together; remembered when none of them lives. */
export interface Family extends Findable {
  readonly live: Crowd<Item>
}

const bucketLength = 60_000
const bucketOf = (expiresAt: number) => Math.floor(expiresAt / bucketLength)

/** How many of these are alive. */
export function livingOf(items: ReadonlyMap<string, { readonly alive: boolean }>): number {
  let living = 0
  for (const { alive } of items.values()) if (alive) living++
  return living
}

/**
 * Lives that begin, end by an act or by time, and are remembered for a while. What dies goes to a queue of fixed length,
 * from which the oldest is forgotten; so memory is bounded by what is alive.
 * @param room how many dead to remember
 */
export function createLives(room: number) {
  const expiring = new Map<number, Crowd<Item>>()
  // A ring: `buried % room` is where the next dead one goes, over the oldest.
  const dead: Findable[] = []
  let buried = 0

  function remember(what: Findable): void {
    const place = buried++ % room
    const oldest = dead[place]
    dead[place] = what
    oldest?.home.delete(oldest.key)
  }

  function leaveExpiring({ expiresAt }: Item): void {
    const due = expiring.get(bucketOf(expiresAt))
    due?.lost()
    if (due?.size === 0) expiring.delete(bucketOf(expiresAt))
  }

  /** Takes an item out of what is alive; its record stays findable while it is remembered. */
  function bury(item: Item): void {
    item.alive = false
    leaveExpiring(item)
    if (!item.remembered) {
      item.home.delete(item.key)
      return
    }
    remember(item)
    item.family?.live.lost()
    if (item.family?.live.size === 0) remember(item.family)
  }

  /** Begins a life. */
  function keep<R extends Mortal>(
    home: Map<string, Item<R>>,
    key: string,
    record: R,
    family?: Family,
    remembered = family !== undefined,
  ): void {
    const item: Item<R> = { home, key, record, alive: true, expiresAt: record.expiresAt, family, remembered }
    home.set(key, item)
    family?.live.join(item)
    if (record.expiresAt === Number.POSITIVE_INFINITY) return
    const bucket = bucketOf(record.expiresAt)
    const due = expiring.get(bucket) ?? new Crowd()
    due.join(item)
    expiring.set(bucket, due)
  }

  return {
    keep,
    bury,
    /** Goes on with another end of life: what is found under its key from now on is another item. */
    renew<R extends Mortal>(home: Map<string, Item<R>>, item: Item<R>, record: R): void {
      item.alive = false
      leaveExpiring(item)
      item.family?.live.lost()
      keep(home, item.key, record, item.family, item.remembered)
    },
    /** Ends a life, and remembers nothing of it. */
    forget(item: Item): void {
      if (item.alive) bury(item)
      item.home.delete(item.key)
    },
    /** Ends a life before its time. */
    revoke(item: Item, ending: Ending): void {
      item.record = { ...item.record, revoked: ending }
      bury(item)
    },
    /** Ends the lives whose time is over. */
    sweep(now: number): void {
      for (const [bucket, due] of expiring) {
        if (bucket * bucketLength > now) continue
        for (const item of due.living()) {
          if (item.expiresAt > now) continue
          if (item.remembered) item.record = { ...item.record, expired: true }
          bury(item)
        }
      }
    },
    /** How many dead are remembered. */
    remembered: () => dead.length,
    clear(): void {
      expiring.clear()
      dead.length = 0
      buried = 0
    },
  }
}

/** Lives, and how they end. */
export type Lives = ReturnType<typeof createLives>
