import type { Flight } from '../flight.ts'
import type { Letter, LetterData, WebhookAttempt, WebhookEvent } from '../webhook-event.ts'
import type { OutboxEntry, OutboxWatcher } from './state.ts'

/** An event on its way. */
export interface Entry {
  event: WebhookEvent
  /** None once nobody here knows how to deliver it: it stays listed. */
  readonly letter: Letter | undefined
  readonly data: LetterData
  round: OutboxEntry['round']
  due?: number | undefined
  place: number
  heldBy?: string | undefined
  copies: number
  flight?: Flight | undefined
}

/** An entry with a moment at which it is due. */
export type DueEntry = Entry & { due: number }

/** Hears of each change of an event, and with it of the attempt that has just ended, if one has. */
export type WebhookListener = (event: WebhookEvent, ended: WebhookAttempt | undefined) => void

/** The events that an outbox keeps, oldest first. */
export interface Entries {
  find(id: string): Entry | undefined
  all(): readonly Entry[]
  /** Those to a client. */
  to(addressee: string): readonly Entry[]
  /** What is due first. */
  next(): DueEntry | undefined
  /** Keeps one more, in the last place; past the limit the oldest that is done with is forgotten, else the oldest. */
  add(entry: Omit<Entry, 'place'>): Entry
  /** Keeps one that was kept before. */
  restore(entry: Entry): void
  /** Puts one behind all others that are due at the same moment. */
  putLast(entry: Entry): void
  /** Changes an event, and tells of it. */
  tell(entry: Entry, change: Partial<WebhookEvent>, ended?: WebhookAttempt): void
  clear(): void
  subscribe(listener: WebhookListener): () => void
}

/** @param watchers hear of what is kept and what is forgotten */
export function createEntries(limit: number, watchers: ReadonlySet<OutboxWatcher>): Entries {
  const entries = new Map<string, Entry>()
  const listeners = new Set<WebhookListener>()
  const all = () => [...entries.values()]
  let places = 0

  function forget({ event, flight }: Entry): void {
    flight?.abort()
    entries.delete(event.id)
    for (const watcher of watchers) watcher.forgotten(event.id)
  }

  function kept(entry: Entry): void {
    if (watchers.size === 0) return
    const plain = plainOf(entry)
    for (const watcher of watchers) watcher.kept(plain)
  }

  return {
    find: (id) => entries.get(id),
    all,
    to: (addressee) => all().filter(({ letter }) => letter?.addressee === addressee),
    next() {
      let next: DueEntry | undefined
      for (const entry of entries.values()) {
        if (isDueSometime(entry) && (!next || isBefore(entry, next))) next = entry
      }
      return next
    },
    add(fresh) {
      if (entries.size >= limit) {
        const leaving = all().find(isDone) ?? all()[0]
        if (leaving) forget(leaving)
      }
      const entry = { ...fresh, place: ++places }
      entries.set(entry.event.id, entry)
      return entry
    },
    restore(entry) {
      places = Math.max(places, entry.place)
      entries.set(entry.event.id, entry)
      kept(entry)
    },
    putLast(entry) {
      entry.place = ++places
    },
    tell(entry, change, ended) {
      entry.event = shown({ ...entry.event, ...change }, entry.due)
      kept(entry)
      for (const listener of listeners) listener(entry.event, ended)
    },
    clear() {
      for (const entry of all()) forget(entry)
      places = 0
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

const shown = ({ nextAt: _, ...event }: WebhookEvent, due: number | undefined): WebhookEvent =>
  due === undefined ? event : { ...event, nextAt: due }

const isDueSometime = (entry: Entry): entry is DueEntry => entry.due !== undefined
const isBefore = (one: DueEntry, other: DueEntry) =>
  one.due < other.due || (one.due === other.due && one.place < other.place)
const isDone = ({ due, heldBy, flight, event }: Entry) =>
  due === undefined && heldBy === undefined && !flight && event.state !== 'paused'

/** An entry as plain data; what is under way is due again, since nobody knows whether it arrived. */
export function plainOf({ event, data, round, due, place, heldBy, copies, flight }: Entry): OutboxEntry {
  const again = flight?.at ?? due
  return {
    event,
    letter: data,
    round,
    place,
    ...(again !== undefined && { due: again }),
    ...(heldBy !== undefined && { heldBy }),
    ...(copies > 0 && { copies }),
  }
}

/** An entry from plain data. What nobody can deliver any more is due no more. */
export function entryOf(plain: OutboxEntry, letter: Letter | undefined): Entry {
  const { event, letter: data, round, due, place, heldBy, copies = 0 } = plain
  const attempts = event.attempts.map((one) => (isOpen(one) ? { ...one, failure: 'interrupted' } : one))
  if (letter) return { event: shown({ ...event, attempts }, due), letter, data, round, due, place, heldBy, copies }
  const waits = event.state === 'pending' || event.state === 'paused'
  const listed = shown({ ...event, attempts, state: waits ? 'undeliverable' : event.state }, undefined)
  return { event: listed, letter, data, round, place, copies }
}

const isOpen = ({ status, failure }: WebhookAttempt) => status === undefined && failure === undefined
