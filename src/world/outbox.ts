import type { Clock } from './clock.ts'
import { type Attempts, createAttempts, isBesides } from './outbox/attempts.ts'
import { createEntries, entryOf, plainOf, type WebhookListener } from './outbox/entries.ts'
import { createPauses } from './outbox/pauses.ts'
import type { OutboxCounts, OutboxState, OutboxWatcher } from './outbox/state.ts'
import type { Letter, LetterData, Outside, Sending, WebhookEvent, WebhookState } from './webhook-event.ts'

/** What is told of an event when it happens. */
export type Posted = Omit<WebhookEvent, 'id' | 'nextAt' | 'attempts' | 'state'> & {
  readonly state: Extract<WebhookState, 'no receiver' | 'not chosen' | 'pending'>
}

/** What a world tells its clients: every event, and its attempts in the order in which they are due. */
export interface Outbox {
  post(event: Posted, letter: Letter, sending?: Sending): WebhookEvent
  /** Oldest first. */
  list(): readonly WebhookEvent[]
  find(id: string): WebhookEvent | undefined
  /** Makes one attempt now, or joins the one under way; waits for its end while that is prompt. */
  redeliver(id: string): Promise<WebhookEvent | undefined>
  /** Makes the attempt that is due now ahead of all others, or joins the one under way; waits for its end while that is prompt. */
  expedite(id: string): Promise<WebhookEvent | undefined>
  /** Sends what a fault has held back, newest first. */
  release(heldBy: string): void
  /** Lets deliveries to a client go on, those that were held back first. */
  resume(addressee: string): void
  /** After the clock was moved: ends what is over by now and makes every attempt that is due, in order. Waits for each while it is prompt. */
  catchUp(): Promise<void>
  /** Waits until nothing is under way and nothing is due. */
  settled(): Promise<void>
  /** Calls back for each change from now on; returns the way to stop. */
  subscribe(listener: WebhookListener): () => void
  clear(): void
  /** Sends nothing any more. */
  close(): void
  /** All of it as plain data. What is under way is due again: it may arrive twice, and is never lost. */
  dump(): OutboxState
  /**
   * Goes on from plain data in place of what is kept; the clock must be right by then.
   * @param revive makes a letter again; an event without one is listed and not sent
   */
  load(state: OutboxState, revive: (data: LetterData) => Letter | undefined): void
  /** Tells of everything that changes the plain data, from now on; returns the way to stop. */
  watch(watcher: OutboxWatcher): () => void
}

/**
 * @param realTime reads real time in milliseconds
 * @param outside sends requests; without it events are listed and nothing more
 * @param limit how many events are kept; past it the oldest that is done with is forgotten, else the oldest
 */
export function createOutbox(
  clock: Clock,
  realTime: () => number,
  outside: Outside | undefined,
  limit = 1_000,
): Outbox {
  const watchers = new Set<OutboxWatcher>()
  const entries = createEntries(limit, watchers)
  const { tell } = entries
  let taken = 0
  const counts = (): OutboxCounts => ({ taken, ...pauses.dump() })
  const counted = () => {
    for (const watcher of watchers) watcher.counted(counts())
  }
  const pauses = createPauses(counted)
  let attempts: Attempts | undefined = outside && createAttempts({ clock, realTime, outside }, entries, pauses)

  function clear(): void {
    entries.clear()
    pauses.clear()
    taken = 0
    counted()
    attempts?.stop()
  }

  /** How an event that is to be sent begins. */
  function stateOf(posted: Posted, { addressee }: Letter, dropped: boolean): WebhookState {
    if (posted.state !== 'pending') return posted.state
    if (dropped) return 'delivered'
    if (!attempts) return 'undeliverable'
    return pauses.stands(addressee) && !isBesides(posted) ? 'paused' : 'pending'
  }

  return {
    post(posted, letter, { dropped = false, delay = 0, heldBy, copies = 0 } = {}) {
      const since = posted.at + delay
      const state = stateOf(posted, letter, dropped)
      const due = state === 'pending' && heldBy === undefined ? since : undefined
      const event: WebhookEvent = { ...posted, id: `w${++taken}`, state, attempts: [] }
      counted()
      const held = attempts && heldBy
      const round = { since, made: 0 }
      const entry = entries.add({ event, letter, data: letter.data, round, due, heldBy: held, copies })
      tell(entry, {})
      if (due !== undefined) void attempts?.makeDue()
      return entry.event
    },
    list: () => entries.all().map(({ event }) => event),
    find: (id) => entries.find(id)?.event,
    async redeliver(id) {
      const entry = entries.find(id)
      if (!entry || !attempts) return entry?.event
      const { flight, due } = entry
      await (flight ? attempts.join(flight.landing) : attempts.make(entry, clock.now(), { due }))
      return entry.event
    },
    async expedite(id) {
      const entry = entries.find(id)
      if (!entry || !attempts) return entry?.event
      const { flight, due } = entry
      if (flight) await attempts.join(flight.landing)
      else if (due !== undefined && due <= clock.now()) await attempts.make(entry, due)
      return entry.event
    },
    release(heldBy) {
      for (const entry of entries
        .all()
        .filter((one) => one.heldBy === heldBy)
        .reverse()) {
        const { letter, event } = entry
        const waits = letter && pauses.stands(letter.addressee) && !isBesides(event)
        entry.heldBy = undefined
        entries.putLast(entry)
        if (!waits) entry.due = clock.now()
        tell(entry, { state: waits ? 'paused' : 'pending' })
      }
      void attempts?.makeDue()
    },
    resume: (addressee) => attempts?.resume(addressee),
    async catchUp() {
      const now = clock.now()
      const late = entries.all().flatMap(({ flight }) => (flight && flight.endsAt <= now ? [flight] : []))
      for (const flight of late) flight.hurry()
      await Promise.all(late.map(({ landing }) => landing))
      do await attempts?.makeDue()
      while (attempts?.isDue())
    },
    async settled() {
      for (;;) {
        await attempts?.makeDue()
        const landings = entries.all().flatMap(({ flight }) => (flight ? [flight.landing] : []))
        if (landings.length === 0 && !attempts?.isDue()) return
        await Promise.all(landings)
      }
    },
    subscribe: entries.subscribe,
    clear,
    close() {
      // What is kept elsewhere stays there.
      watchers.clear()
      clear()
      attempts = undefined
    },
    dump: () => ({ ...counts(), entries: entries.all().map(plainOf) }),
    load(state, revive) {
      clear()
      taken = state.taken
      pauses.load(state)
      counted()
      for (const plain of state.entries) entries.restore(entryOf(plain, attempts && revive(plain.letter)))
      void attempts?.makeDue()
    },
    watch(watcher) {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
  }
}
