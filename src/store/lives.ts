import { Crowd } from './crowd.ts'
import type { Ending } from './store.ts'
import type { Entry, Kept, Table } from './table.ts'

/** A record of something with a life. */
export interface Mortal {
  readonly expiresAt: number
  readonly revoked?: Ending
  readonly expired?: true
}

/** An entry that is remembered for a while once it is dead, and then forgotten. */
interface Findable extends Entry {
  readonly home: { touch(entry: Entry): void; forget(entry: Entry): boolean }
}

/** Something with a life of its own. */
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

/** Where items of one kind are found. */
export type Home<R> = Table<R, Item<R>>

const bucketLength = 60_000
const bucketOf = (expiresAt: number) => Math.floor(expiresAt / bucketLength)

/** How many of these are alive. */
export function livingOf(items: { values(): Iterable<{ readonly alive: boolean }> }): number {
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
  const dead: (Findable | undefined)[] = []
  let buried = 0

  function remember(what: Findable): void {
    const place = buried % room
    const oldest = dead[place]
    what.buried = buried++
    dead[place] = what
    what.home.touch(what)
    oldest?.home.forget(oldest)
  }

  /** Remembers one of the dead where it was remembered before; of two that come to one place, the one that died last. */
  function rebury(what: Findable, end: number): void {
    const place = end % room
    while (dead.length <= place) dead.push(undefined)
    const other = dead[place]
    const isLast = (other?.buried ?? -1) < end
    what.buried = end
    buried = Math.max(buried, end + 1)
    if (isLast) dead[place] = what
    const forgotten = isLast ? other : what
    forgotten?.home.forget(forgotten)
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
      item.home.forget(item)
      return
    }
    remember(item)
    item.family?.live.lost()
    if (item.family?.live.size === 0) remember(item.family)
  }

  /** Begins a life, or goes on with it. */
  function live<R extends Mortal>(
    home: Home<R>,
    record: R,
    place: number,
    family: Family | undefined,
    remembered: boolean,
  ): void {
    const { expiresAt } = record
    const key = home.keyOf(record)
    const item: Item<R> = { key, place, record, buried: undefined, home, alive: true, expiresAt, family, remembered }
    home.put(item)
    family?.live.join(item)
    if (expiresAt === Number.POSITIVE_INFINITY) return
    const bucket = bucketOf(expiresAt)
    const due = expiring.get(bucket) ?? new Crowd()
    due.join(item)
    expiring.set(bucket, due)
  }

  return {
    /** Begins a life. */
    keep<R extends Mortal>(home: Home<R>, record: R, family?: Family, remembered = family !== undefined): void {
      live(home, record, home.nextPlace(), family, remembered)
    },
    bury,
    /** Goes on with another end of life: what is found under its key from now on is another item. */
    renew<R extends Mortal>(home: Home<R>, item: Item<R>, record: R): void {
      item.alive = false
      leaveExpiring(item)
      item.family?.live.lost()
      live(home, record, item.place, item.family, item.remembered)
    },
    /** Goes on with a life as it was before, or remembers that it is over. */
    revive<R extends Mortal>(home: Home<R>, kept: Kept<R>, family?: Family, remembered = family !== undefined): void {
      const { place, record, buried: end } = kept
      if (end === undefined) {
        live(home, record, place, family, remembered)
        return
      }
      const { expiresAt } = record
      const item: Item<R> = {
        key: home.keyOf(record),
        place,
        record,
        home,
        alive: false,
        expiresAt,
        family,
        remembered,
      }
      home.put(item)
      rebury(item, end)
    },
    rebury,
    /** Ends a life, and remembers nothing of it. */
    forget(item: Item): void {
      if (item.alive) bury(item)
      item.home.forget(item)
    },
    /** Ends a life before its time. */
    revoke(item: Item, ending: Ending): void {
      item.record = { ...item.record, revoked: ending }
      bury(item)
    },
    /** Ends the lives whose time is over, the first that was over first. */
    sweep(now: number): void {
      const due = [...expiring].flatMap(([bucket, crowd]) => (bucket * bucketLength > now ? [] : crowd.living()))
      for (const item of due.sort((a, b) => a.expiresAt - b.expiresAt || a.place - b.place)) {
        if (item.expiresAt > now) break
        if (item.remembered) item.record = { ...item.record, expired: true }
        bury(item)
      }
    },
    /** How many dead are remembered. */
    remembered: () => dead.filter((one) => one !== undefined).length,
    clear(): void {
      expiring.clear()
      dead.length = 0
      buried = 0
    },
  }
}

/** Lives, and how they end. */
export type Lives = ReturnType<typeof createLives>
