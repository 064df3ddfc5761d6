/** One thing that a store keeps. */
export interface Entry<R = unknown> {
  readonly key: string
  /** Rises from each that comes to the next, over all tables of a store. */
  readonly place: number
  /** Replaced, never changed, so callers may keep what they got. */
  record: R
  /** How many had died before it, where it is dead and remembered. */
  buried?: number | undefined
}

/** An entry as plain data. */
export type Kept<R = unknown> = Pick<Entry<R>, 'place' | 'record' | 'buried'>

/** An entry that has come, changed or gone. */
export interface Change {
  readonly table: string
  /** Its place; what is not of a store has a name. */
  readonly at: number | string
  /** As it is by now; nothing when it has gone. */
  readonly kept: Kept | undefined
}

/** What the tables of a store have in common. */
export interface Shelf {
  /** Takes the place of an entry that comes. */
  readonly nextPlace: () => number
  /** Whether somebody will ask what has changed. */
  readonly isWatched: boolean
}

/** Entries by key, in the order in which they came. */
export class Table<R = unknown, E extends Entry<R> = Entry<R>> {
  readonly keyOf: (record: R) => string
  readonly #shelf: Shelf
  readonly #entries = new Map<string, E>()
  /** What has changed, by place; nothing where nobody wants to know. */
  readonly #changed: Map<number, Entry> | undefined

  constructor(shelf: Shelf, keyOf: (record: R) => string) {
    this.keyOf = keyOf
    this.#shelf = shelf
    this.#changed = shelf.isWatched ? new Map() : undefined
  }

  get size(): number {
    return this.#entries.size
  }

  get(key: string): E | undefined {
    return this.#entries.get(key)
  }

  values(): IterableIterator<E> {
    return this.#entries.values()
  }

  /** Its records, in order. */
  records(): R[] {
    return Array.from(this.#entries.values(), ({ record }) => record)
  }

  /** The place of the next entry. */
  nextPlace(): number {
    return this.#shelf.nextPlace()
  }

  put(entry: E): void {
    if (this.#changed) {
      const before = this.#entries.get(entry.key)
      if (before) this.#changed.set(before.place, before)
      this.#changed.set(entry.place, entry)
    }
    this.#entries.set(entry.key, entry)
  }

  /** To be told of each change of an entry. */
  touch(entry: Entry): void {
    this.#changed?.set(entry.place, entry)
  }

  /** Lets go of an entry; not of another that has come under its key. */
  forget(entry: Entry): boolean {
    if (this.#entries.get(entry.key) !== entry) return false
    this.#changed?.set(entry.place, entry)
    return this.#entries.delete(entry.key)
  }

  clear(): void {
    this.#entries.clear()
    this.#changed?.clear()
  }

  dump(): Kept<R>[] {
    return Array.from(this.#entries.values(), plain)
  }

  /** What has changed since this was asked last. */
  takeChanges(): Omit<Change, 'table'>[] {
    if (!this.#changed?.size) return []
    const changes = Array.from(this.#changed, ([at, { key }]) => {
      const entry = this.#entries.get(key)
      return { at, kept: entry?.place === at ? plain(entry) : undefined }
    })
    this.#changed.clear()
    return changes
  }
}

/** Takes a record in place of the one under its key, or as the last of all. */
export function putRecord<R>(table: Table<R>, record: R): void {
  const key = table.keyOf(record)
  const there = table.get(key)
  if (there) {
    there.record = record
    table.touch(there)
  } else table.put({ key, place: table.nextPlace(), record })
}

/** Takes an entry as it was before. */
export function putBack<R>(table: Table<R>, { place, record }: Kept<R>): void {
  table.put({ key: table.keyOf(record), place, record })
}

const plain = <R>({ place, record, buried }: Entry<R>): Kept<R> =>
  buried === undefined ? { place, record } : { place, record, buried }

/** For each table, how an entry goes on as it was before. */
export type Reviving<Tables> = {
  readonly [Name in keyof Tables]: (kept: Kept<RecordOf<Tables[Name]>>) => void
}

type RecordOf<T> = T extends { readonly keyOf: (record: infer R) => string } ? R : never
