import type { Clock } from './clock.ts'
import { type Flight, type Landing, patience, takeOff } from './flight.ts'
import type { Letter, Outside, WebhookAttempt, WebhookEvent, WebhookState } from './webhook-event.ts'

/** What is told of an event when it happens. */
export type Posted = Omit<WebhookEvent, 'id' | 'nextAt' | 'attempts' | 'state'> & {
  readonly state: Extract<WebhookState, 'no receiver' | 'not chosen' | 'pending'>
}

/** Hears of each change of an event, and with it of the attempt that has just ended, if one has. */
export type WebhookListener = (event: WebhookEvent, ended: WebhookAttempt | undefined) => void

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
}

/** An event on its way. */
interface Entry {
  event: WebhookEvent
  readonly letter: Letter
  /** The schedule of retries counts from here; it begins anew when deliveries go on after a pause. */
  round: { readonly since: number; readonly made: number }
  due?: number | undefined
  flight?: Flight | undefined
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
  const entries = new Map<string, Entry>()
  /** Attempts in vain in a row, by client. */
  const vain = new Map<string, number>()
  const paused = new Set<string>()
  const listeners = new Set<WebhookListener>()
  let taken = 0
  let pumping: Promise<void> | undefined
  let disarm = () => {}

  const tell = (entry: Entry, change: Partial<WebhookEvent>, ended?: WebhookAttempt) => {
    const { nextAt: _, ...event } = { ...entry.event, ...change }
    entry.event = entry.due === undefined ? event : { ...event, nextAt: entry.due }
    for (const listener of listeners) listener(entry.event, ended)
  }
  const lettersTo = (addressee: string) => [...entries.values()].filter(({ letter }) => letter.addressee === addressee)

  function nextEntry(): (Entry & { due: number }) | undefined {
    let next: (Entry & { due: number }) | undefined
    for (const entry of entries.values()) {
      if (entry.due !== undefined && (!next || entry.due < next.due)) next = entry as Entry & { due: number }
    }
    return next
  }
  const isDue = () => (nextEntry()?.due ?? Number.POSITIVE_INFINITY) <= clock.now()

  const pump = (): Promise<void> => {
    pumping ??= makeDueAttempts().finally(() => {
      pumping = undefined
      arm()
    })
    return pumping
  }
  async function makeDueAttempts(): Promise<void> {
    for (let entry = nextEntry(); outside && entry && entry.due <= clock.now(); entry = nextEntry()) {
      await promptly(outside, attempt(outside, entry, entry.due))
    }
  }
  /** Real time brings what is due next; a clock that stands still brings nothing. */
  function arm(): void {
    disarm()
    const next = nextEntry()
    if (!outside || !next || (clock.frozen() && next.due > clock.now())) return
    disarm = outside.alarm(Math.max(0, next.due - clock.now()), () => void pump())
  }

  /** @param again what is due of it afterwards, if this attempt is made besides the schedule and is in vain */
  function attempt(out: Outside, entry: Entry, at: number, again?: { due: number | undefined }): Promise<unknown> {
    const { letter } = entry
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
    const stands = () => entries.get(entry.event.id) === entry
    entry.due = undefined
    entry.flight = flight
    return flight.landing.then((landing) => {
      if (!stands()) return
      entry.flight = undefined
      const { failure } = landing
      const took = failure === 'timed out' ? life.limit : Math.min(realTime() - begun, life.limit)
      land(entry, landing, sent, at + took, again)
      void pump()
    })
  }

  function land(
    entry: Entry,
    landing: Landing,
    sent: WebhookAttempt | undefined,
    endedAt: number,
    again: { due: number | undefined } | undefined,
  ): void {
    if (!sent || 'nobody' in landing) {
      tell(entry, { state: 'no receiver' })
      return
    }
    const { letter, event } = entry
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
  function countInVain({ addressee, pausedAfter }: Letter): boolean {
    const inARow = (vain.get(addressee) ?? 0) + 1
    vain.set(addressee, inARow)
    if (pausedAfter === undefined || inARow < pausedAfter) return paused.has(addressee)
    paused.add(addressee)
    for (const entry of lettersTo(addressee).filter(({ due }) => due !== undefined)) {
      entry.due = undefined
      tell(entry, { state: 'paused' })
    }
    return true
  }

  function resume(addressee: string): void {
    vain.delete(addressee)
    if (!paused.delete(addressee)) return
    const now = clock.now()
    for (const entry of lettersTo(addressee).filter(({ event }) => event.state === 'paused')) {
      entry.round = { since: now, made: 0 }
      entry.due = now
      tell(entry, { state: 'pending' })
    }
    void pump()
  }

  function makeRoom(): void {
    if (entries.size < limit) return
    const isDone = ({ due, flight, event }: Entry) => due === undefined && !flight && event.state !== 'paused'
    const [oldest] = [...entries.values()].filter(isDone)
    const leaving = oldest ?? entries.values().next().value
    leaving?.flight?.abort()
    if (leaving) entries.delete(leaving.event.id)
  }

  function clear(): void {
    for (const { flight } of entries.values()) flight?.abort()
    for (const kept of [entries, vain, paused]) kept.clear()
    taken = 0
    disarm()
  }

  return {
    post(posted, letter) {
      makeRoom()
      const waits = !outside ? 'undeliverable' : paused.has(letter.addressee) && !posted.test ? 'paused' : 'pending'
      const state = posted.state === 'pending' ? waits : posted.state
      const event: WebhookEvent = { ...posted, id: `w${++taken}`, state, attempts: [] }
      const entry: Entry = { event, letter, round: { since: posted.at, made: 0 } }
      if (state === 'pending') entry.due = posted.at
      entries.set(event.id, entry)
      tell(entry, {})
      if (state === 'pending') void pump()
      return entry.event
    },
    list: () => [...entries.values()].map(({ event }) => event),
    find: (id) => entries.get(id)?.event,
    async redeliver(id) {
      const entry = entries.get(id)
      if (!entry || !outside) return entry?.event
      const { flight, due } = entry
      await promptly(outside, flight?.landing ?? attempt(outside, entry, clock.now(), { due }))
      return entry.event
    },
    resume,
    async catchUp() {
      const now = clock.now()
      const late = [...entries.values()].flatMap(({ flight }) => (flight && flight.endsAt <= now ? [flight] : []))
      for (const flight of late) flight.hurry()
      await Promise.all(late.map(({ landing }) => landing))
      do await pump()
      while (outside && isDue())
    },
    async settled() {
      for (;;) {
        await pump()
        const landings = [...entries.values()].flatMap(({ flight }) => (flight ? [flight.landing] : []))
        if (landings.length === 0 && !(outside && isDue())) return
        await Promise.all(landings)
      }
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    clear,
    close() {
      clear()
      outside = undefined
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
