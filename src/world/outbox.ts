import type { Clock } from './clock.ts'
import { type Landing, patience, takeOff } from './flight.ts'
import { createEntries, type Entry, entryOf, plainOf, type WebhookListener } from './outbox/entries.ts'
import { createPauses } from './outbox/pauses.ts'
import type { OutboxCounts, OutboxState, OutboxWatcher } from './outbox/state.ts'
import type { Letter, LetterData, Outside, WebhookAttempt, WebhookEvent, WebhookState } from './webhook-event.ts'

/** What is told of an event when it happens. */
export type Posted = Omit<WebhookEvent, 'id' | 'nextAt' | 'attempts' | 'state'> & {
  readonly state: Extract<WebhookState, 'no receiver' | 'not chosen' | 'pending'>
}

/** What a world tells its clients: every event, and its attempts in the order in which they are due. */
export interface Outbox {
  post(event: Posted, letter: Letter): WebhookEvent
  /** Oldest first. */
  list(): readonly WebhookEvent[]
  find(id: string): WebhookEvent | undefined
  /** Makes one attempt now, or joins the one under way; waits for its end while that is prompt. */
  redeliver(id: string): Promise<WebhookEvent | undefined>
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

const keptAttempts = 100
const isTest = ({ event }: Entry) => event.test === true

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
  let pumping: Promise<void> | undefined
  let disarm = () => {}

  const counts = (): OutboxCounts => ({ taken, ...pauses.dump() })
  const counted = () => {
    for (const watcher of watchers) watcher.counted(counts())
  }
  const pauses = createPauses(counted)
  const isDue = () => (entries.next()?.due ?? Number.POSITIVE_INFINITY) <= clock.now()

  const pump = (): Promise<void> => {
    pumping ??= makeDueAttempts().finally(() => {
      pumping = undefined
      arm()
    })
    return pumping
  }
  async function makeDueAttempts(): Promise<void> {
    for (let entry = entries.next(); outside && entry && entry.due <= clock.now(); entry = entries.next()) {
      await promptly(outside, attempt(outside, entry, entry.due))
    }
  }
  /** Real time brings what is due next; a clock that stands still brings nothing. */
  function arm(): void {
    disarm()
    const next = entries.next()
    if (!outside || !next || (clock.frozen() && next.due > clock.now())) return
    disarm = outside.alarm(Math.max(0, next.due - clock.now()), () => void pump())
  }

  /** @param again what is due of it afterwards, if this attempt is made besides the schedule and is in vain */
  async function attempt(out: Outside, entry: Entry, at: number, again?: { due: number | undefined }): Promise<void> {
    const { letter } = entry
    if (!letter) return
    const begun = realTime()
    const which = entry.round.made === 0 ? 'first' : 'retry'
    const life = { at, limit: letter.limit(which), now: clock.now() }
    let sent: WebhookAttempt | undefined
    const flight = takeOff(
      out,
      life,
      () => letter.write(at),
      ({ url, headers }) => {
        sent = { at, url, headers }
        if (stands()) tell(entry, { state: 'pending', attempts: [...entry.event.attempts, sent].slice(-keptAttempts) })
      },
    )
    // Not when the world was reset, or the event forgotten, in the meantime.
    const stands = () => entries.find(entry.event.id) === entry
    entry.due = undefined
    entry.flight = flight
    const landing = await flight.landing
    if (!stands()) return
    entry.flight = undefined
    const took = landing.failure === 'timed out' ? life.limit : Math.min(realTime() - begun, life.limit)
    land(entry, letter, landing, sent, at + took, again)
    void pump()
  }

  function land(
    entry: Entry,
    letter: Letter,
    landing: Landing,
    sent: WebhookAttempt | undefined,
    endedAt: number,
    again: { due: number | undefined } | undefined,
  ): void {
    if (!sent || 'nobody' in landing) {
      tell(entry, { state: 'no receiver' })
      return
    }
    const { event } = entry
    const isReceived = ({ status }: WebhookAttempt) => status !== undefined && letter.counts(status)
    const before = event.attempts.some(isReceived)
    const ended = { ...sent, ...landing }
    const attempts = event.attempts.map((one) => (one === sent ? ended : one))
    if (isReceived(ended)) {
      tell(entry, { state: 'delivered', attempts }, ended)
      if (!isTest(entry)) resume(letter.addressee)
      return
    }
    if (!again) {
      const next = letter.retries[entry.round.made]
      entry.due = next === undefined ? undefined : Math.max(endedAt, entry.round.since + next)
      entry.round = { ...entry.round, made: entry.round.made + 1 }
    } else entry.due = again.due
    if (isTest(entry)) entry.due = undefined
    const stopped = !isTest(entry) && countInVain(letter)
    if (stopped) entry.due = undefined
    const open = stopped ? 'paused' : entry.due === undefined ? 'failed' : 'pending'
    tell(entry, { state: before ? 'delivered' : open, attempts }, ended)
  }

  /** One more in vain; whether deliveries to this client stand still. */
  function countInVain(letter: Letter): boolean {
    pauses.inVain(letter)
    if (!pauses.stands(letter.addressee)) return false
    for (const entry of entries.to(letter.addressee).filter(({ due }) => due !== undefined)) {
      entry.due = undefined
      tell(entry, { state: 'paused' })
    }
    return true
  }

  function resume(addressee: string): void {
    if (!pauses.lift(addressee)) return
    const now = clock.now()
    for (const entry of entries.to(addressee).filter(({ event }) => event.state === 'paused')) {
      entry.round = { since: now, made: 0 }
      entry.due = now
      tell(entry, { state: 'pending' })
    }
    void pump()
  }

  function clear(): void {
    entries.clear()
    pauses.clear()
    taken = 0
    counted()
    disarm()
  }

  return {
    post(posted, letter) {
      const waits = !outside ? 'undeliverable' : pauses.stands(letter.addressee) && !posted.test ? 'paused' : 'pending'
      const state = posted.state === 'pending' ? waits : posted.state
      const event: WebhookEvent = { ...posted, id: `w${++taken}`, state, attempts: [] }
      const entry: Entry = { event, letter, data: letter.data, round: { since: posted.at, made: 0 } }
      if (state === 'pending') entry.due = posted.at
      counted()
      entries.add(entry)
      tell(entry, {})
      if (state === 'pending') void pump()
      return entry.event
    },
    list: () => entries.all().map(({ event }) => event),
    find: (id) => entries.find(id)?.event,
    async redeliver(id) {
      const entry = entries.find(id)
      if (!entry || !outside) return entry?.event
      const { flight, due } = entry
      await promptly(outside, flight?.landing ?? attempt(outside, entry, clock.now(), { due }))
      return entry.event
    },
    resume,
    async catchUp() {
      const now = clock.now()
      const late = entries.all().flatMap(({ flight }) => (flight && flight.endsAt <= now ? [flight] : []))
      for (const flight of late) flight.hurry()
      await Promise.all(late.map(({ landing }) => landing))
      do await pump()
      while (outside && isDue())
    },
    async settled() {
      for (;;) {
        await pump()
        const landings = entries.all().flatMap(({ flight }) => (flight ? [flight.landing] : []))
        if (landings.length === 0 && !(outside && isDue())) return
        await Promise.all(landings)
      }
    },
    subscribe: entries.subscribe,
    clear,
    close() {
      // What is kept elsewhere stays there.
      watchers.clear()
      clear()
      outside = undefined
    },
    dump: () => ({ ...counts(), entries: entries.all().map(plainOf) }),
    load(state, revive) {
      clear()
      taken = state.taken
      pauses.load(state)
      counted()
      for (const plain of state.entries) entries.restore(entryOf(plain, revive(plain.letter)))
      void pump()
    },
    watch(watcher) {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
  }
}

/** Waits for something, while it is prompt. */
const promptly = (outside: Outside, something: Promise<unknown>): Promise<void> =>
  new Promise((resolve) => {
    const stop = outside.alarm(patience, resolve)
    void something.then(() => {
      stop()
      resolve()
    })
  })
