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
  /** Keeps one more; past the limit the oldest that is done with is forgotten, else the oldest. */
  add(entry: Entry): void
  /** Keeps one that was kept before. */
  restore(entry: Entry): void
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
        if (isDueSometime(entry) && (!next || entry.due < next.due)) next = entry
      }
      return next
    },
    add(entry) {
      if (entries.size >= limit) {
        const leaving = all().find(isDone) ?? all()[0]
        if (leaving) forget(leaving)
      }
      entries.set(entry.event.id, entry)
    },
    restore(entry) {
      entries.set(entry.event.id, entry)
      kept(entry)
    },
    tell(entry, change, ended) {
      entry.event = shown({ ...entry.event, ...change }, entry.due)
      kept(entry)
      for (const listener of listeners) listener(entry.event, ended)
    },
    clear() {
      for (const entry of all()) forget(entry)
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
const isDone = ({ due, flight, event }: Entry) => due === undefined && !flight && event.state !== 'paused'

/** An entry as plain data; what is under way is due again, since nobody knows whether it arrived. */
export function plainOf({ event, data, round, due, flight }: Entry): OutboxEntry {
  const again = flight?.at ?? due
  return { event, letter: data, round, ...(again === undefined ? {} : { due: again }) }
}

/** An entry from plain data. What nobody can deliver any more is due no more. */
export function entryOf({ event, letter: data, round, due }: OutboxEntry, letter: Letter | undefined): Entry {
  const waits = !letter && (event.state === 'pending' || event.state === 'paused')
  const attempts = event.attempts.map((one) => (isOpen(one) ? { ...one, failure: 'interrupted' } : one))
  const goesOn = letter && due
  const state = waits ? 'undeliverable' : event.state
  return { event: shown({ ...event, attempts, state }, goesOn), letter, data, round, due: goesOn }
}

const isOpen = ({ status, failure }: WebhookAttempt) => status === undefined && failure === undefined
