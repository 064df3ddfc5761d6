import type { Clock } from '../clock.ts'
import { patience, takeOff } from '../flight.ts'
import type { Letter, Outside, WebhookAttempt, WebhookEvent } from '../webhook-event.ts'
import type { Entries, Entry } from './entries.ts'
import type { Pauses } from './pauses.ts'

/** The attempts of an outbox, in the order in which they are due. */
export interface Attempts {
  /** Makes every one that is due; waits for each while it is prompt. */
  makeDue(): Promise<void>
  isDue(): boolean
  /**
   * Makes one, ahead of all others; waits for it while it is prompt.
   * @param again what is due of the event afterwards, where this one is besides the schedule
   */
  make(entry: Entry, at: number, again?: Again): Promise<void>
  /** Joins the one under way. */
  join(landing: Promise<unknown>): Promise<void>
  /** Lets deliveries to a client go on, those that were held back first. */
  resume(addressee: string): void
  /** No alarm rings any more. */
  stop(): void
}

interface Again {
  readonly due: number | undefined
}

const keptAttempts = 100

/** Sent once, and no sign of how the receiver does. */
export const isBesides = ({ test, replays }: Pick<WebhookEvent, 'test' | 'replays'>): boolean =>
  test === true || replays !== undefined

/** @param realTime reads real time in milliseconds */
export function createAttempts(
  { clock, realTime, outside }: { clock: Clock; realTime: () => number; outside: Outside },
  entries: Entries,
  pauses: Pauses,
): Attempts {
  const { tell } = entries
  let pumping: Promise<void> | undefined
  let disarm = () => {}

  const isDue = () => (entries.next()?.due ?? Number.POSITIVE_INFINITY) <= clock.now()

  function makeDue(): Promise<void> {
    pumping ??= makeAll().finally(() => {
      pumping = undefined
      arm()
    })
    return pumping
  }
  async function makeAll(): Promise<void> {
    for (let entry = entries.next(); entry && entry.due <= clock.now(); entry = entries.next()) {
      await join(attempt(entry, entry.due))
    }
  }
  /** Real time brings what is due next; a clock that stands still brings nothing. */
  function arm(): void {
    disarm()
    const next = entries.next()
    if (!next || (clock.frozen() && next.due > clock.now())) return
    disarm = outside.alarm(Math.max(0, next.due - clock.now()), () => void makeDue())
  }

  async function attempt(entry: Entry, at: number, again?: Again): Promise<void> {
    const { letter } = entry
    if (!letter) return
    const begun = realTime()
    const which = entry.round.made === 0 ? 'first' : 'retry'
    const life = { at, limit: letter.limit(which), now: clock.now() }
    let sent: WebhookAttempt | undefined
    const flight = takeOff(
      outside,
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
    if (sent && !('nobody' in landing)) land(entry, letter, { ...sent, ...landing }, sent, at + took, again)
    else tell(entry, { state: 'no receiver' })
    void makeDue()
  }

  function land(
    entry: Entry,
    letter: Letter,
    ended: WebhookAttempt,
    sent: WebhookAttempt,
    endedAt: number,
    again: Again | undefined,
  ): void {
    const { event } = entry
    const isReceived = ({ status }: WebhookAttempt) => status !== undefined && letter.counts(status)
    const before = event.attempts.some(isReceived)
    const attempts = event.attempts.map((one) => (one === sent ? ended : one))
    if (isReceived(ended)) {
      entry.heldBy = undefined
      if (before && again) entry.due = again.due
      else dueForCopy(entry, ended.at)
      tell(entry, { state: 'delivered', attempts }, ended)
      if (!isBesides(event)) resume(letter.addressee)
      return
    }
    if (again) entry.due = again.due
    else if (before) dueForCopy(entry, ended.at)
    else dueForRetry(entry, letter, endedAt)
    if (isBesides(event) && !before) entry.due = undefined
    const stopped = !isBesides(event) && countInVain(letter)
    if (stopped) entry.due = undefined
    const isOver = entry.due === undefined && entry.heldBy === undefined
    const open = stopped ? 'paused' : isOver ? 'failed' : 'pending'
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
      // What was delayed is not sent sooner for it.
      const since = Math.max(now, entry.round.since)
      entry.round = { since, made: 0 }
      if (entry.heldBy === undefined) entry.due = since
      tell(entry, { state: 'pending' })
    }
    void makeDue()
  }

  /** Waits for something, while it is prompt. */
  const join = (something: Promise<unknown>): Promise<void> =>
    new Promise((resolve) => {
      const stop = outside.alarm(patience, resolve)
      void something.then(() => {
        stop()
        resolve()
      })
    })

  return {
    makeDue,
    isDue,
    make: (entry, at, again) => join(attempt(entry, at, again)),
    join,
    resume,
    stop: () => disarm(),
  }
}

/** Its next copy, where it has one to come. */
function dueForCopy(entry: Entry, at: number): void {
  if (entry.copies === 0) return
  entry.copies--
  entry.due = at
}

function dueForRetry(entry: Entry, { retries }: Letter, endedAt: number): void {
  const { since, made } = entry.round
  const next = retries[made]
  entry.due = next === undefined ? undefined : Math.max(endedAt, since + next)
  entry.round = { since, made: made + 1 }
}
