import type { Chance } from '../vocabulary/chance.ts'
import { duration } from '../vocabulary/duration.ts'
import {
  decidedBy,
  type Fault,
  type FaultMoment,
  letsThrough,
  usualGroup,
  type WebhookFaultKind,
} from '../vocabulary/fault.ts'

/** A fault that waits for its calls, or has struck them all. */
export interface ArmedFault {
  /** `f1`, `f2`, … in the order of arming. */
  readonly id: string
  readonly fault: Fault
  readonly at: FaultMoment
  /** How many calls it could have struck. */
  readonly seen: number
  /** How many it has struck. */
  readonly fired: number
  /** Of a limit of calls: when it is over, in world time. */
  readonly until?: number
}

/** What is known of a call when it arrives. */
export interface Call {
  readonly environment: string
  readonly provider: string
  readonly endpoint: string
  readonly grantType?: string | undefined
  readonly clientId?: string | undefined
  /** The event's name, where a webhook is delivered. */
  readonly event?: string
  /** Kinds that have nothing to strike here. */
  readonly spared?: readonly WebhookFaultKind[]
}

/** The faults of a world. All of it is done at once, so that counters are exact however many calls arrive together. */
export interface Faults {
  /** Whether any could strike. */
  readonly any: boolean
  /** Takes a fault that has been found possible. */
  arm(fault: Fault, at: FaultMoment): ArmedFault
  list(): readonly ArmedFault[]
  find(id: string): ArmedFault | undefined
  remove(id: string): boolean
  /** The barrier of a `hold` opened before it was full: that was one of its times. */
  opened(id: string): void
  /**
   * Counts a call, and answers what strikes it, in the order in which it does.
   * @param moment only what strikes then; all when left out
   */
  strike(call: Call, now: number, moment?: FaultMoment): readonly ArmedFault[]
  /** Takes a value that a fault lets be issued. False when it was taken before: no two codes or tokens have one value. */
  reserve(value: string): boolean
  /** Whether a value was taken so. */
  isReserved(value: string): boolean
  /** Gives such a value back: it was not issued. */
  release(value: string): void
  /** Those that have not struck once, and were not left to chance. */
  unfired(): readonly ArmedFault[]
  /** How many `clear` has forgotten before they struck. */
  readonly missed: number
  /** Forgets all; what is held or hanging is let go. */
  clear(): void
  /** Aborted when all is forgotten: nothing is held or hangs any longer. */
  readonly cleared: AbortSignal
  dump(): FaultState
  load(state: FaultState): void
}

/** Faults as plain data. */
export interface FaultState {
  readonly taken: number
  readonly armed: readonly (ArmedFault & { readonly rounds: number })[]
  /** Values that faults have let be issued. */
  readonly reserved: readonly string[]
}

type Entry = { -readonly [K in keyof FaultState['armed'][number]]: FaultState['armed'][number][K] } & {
  /** How many are on their way to a barrier that is not full yet. */
  held: number
}

/** @param chance for those that strike by chance */
export function createFaults(chance: () => Chance): Faults {
  let entries: Entry[] = []
  let taken = 0
  let missed = 0
  let clearing = new AbortController()
  let reserved = new Set<string>()

  /** Whether a limit of calls is in force. Once over it stays over; a clock that is set back makes it no longer. */
  function isLimiting(entry: Entry, now: number): boolean {
    if (entry.until === undefined || entry.fault.kind !== 'rateLimit') return false
    entry.until = Math.min(entry.until, now + duration(entry.fault.retryAfter))
    if (now < entry.until) return true
    delete entry.until
    return false
  }

  const isInLimit = ({ until }: Entry, now: number) => until !== undefined && now < until

  /** Counts a call that it fits, and says whether it is one to strike. */
  function isDue(entry: Entry, now: number): boolean {
    const { id, fault } = entry
    entry.seen++
    if (isLimiting(entry, now) || isAmidGroup(entry)) return true
    const { nth, rate, times = usualTimes(fault) } = fault
    // By its own count alone, whatever else is armed.
    const draw = () => chance().fork(`${id} ${entry.seen}`).below(0x1_0000_0000)
    return isNth(nth, entry.seen) && entry.rounds < times && (rate === undefined || draw() < rate * 0x1_0000_0000)
  }

  function fire(entry: Entry, now: number): void {
    const { fault } = entry
    const goesOn = isInLimit(entry, now) || isAmidGroup(entry)
    entry.fired++
    // A barrier takes as many as it holds.
    if (goesOn || (fault.kind === 'hold' && ++entry.held < fault.count)) return
    entry.held = 0
    entry.rounds++
    if (fault.kind === 'rateLimit') entry.until = now + duration(fault.retryAfter)
  }

  const strikes = (entry: Entry, now: number): boolean => {
    const due = isDue(entry, now)
    if (due) fire(entry, now)
    return due
  }

  const unfired = () => entries.filter(({ fired, fault }) => fired === 0 && fault.rate === undefined)

  return {
    get any() {
      return entries.length > 0
    },
    arm(fault, at) {
      const entry = { id: `f${++taken}`, fault, at, seen: 0, fired: 0, rounds: 0, held: 0 }
      entries.push(entry)
      return entry
    },
    list: () => entries.map((entry) => ({ ...entry })),
    find: (id) => entries.find((entry) => entry.id === id),
    remove(id) {
      const before = entries.length
      entries = entries.filter((entry) => entry.id !== id)
      return entries.length < before
    },
    opened(id) {
      const entry = entries.find((one) => one.id === id)
      if (!entry || entry.held === 0) return
      entry.held = 0
      entry.rounds++
    },
    strike(call, now, moment) {
      const fitting = entries.filter(({ fault, at }) => (moment ?? at) === at && fits(fault, call))
      if (call.endpoint === 'webhook') {
        const striking = oneOfEach(fitting.filter((entry) => isDue(entry, now)))
        for (const entry of striking) fire(entry, now)
        return striking
      }
      const [answering, others] = [fitting.filter(answers), fitting.filter((entry) => !answers(entry))]
      const waiting = others.filter(({ at }) => at === 'before')
      const striking = waiting.filter((entry) => strikes(entry, now))
      // A call is answered once: it is none that others could have answered, nor one with an answer to spoil.
      const answer = answering.find((entry) => strikes(entry, now))
      if (answer) return [...striking, answer]
      return [...striking, ...others.filter((entry) => !waiting.includes(entry) && strikes(entry, now))]
    },
    reserve(value) {
      if (reserved.has(value)) return false
      reserved.add(value)
      return true
    },
    isReserved: (value) => reserved.has(value),
    release: (value) => void reserved.delete(value),
    unfired,
    get missed() {
      return missed
    },
    clear() {
      missed += unfired().length
      entries = []
      taken = 0
      reserved.clear()
      clearing.abort()
      clearing = new AbortController()
    },
    get cleared() {
      return clearing.signal
    },
    dump: () => ({ taken, armed: entries.map(({ held: _, ...entry }) => entry), reserved: [...reserved] }),
    load(state) {
      taken = state.taken
      entries = state.armed.map((entry) => ({ ...entry, held: 0 }))
      reserved = new Set(state.reserved)
    },
  }
}

/** Whether it answers a call in place of the engine. */
const answers = ({ at, fault }: Entry): boolean => at === 'before' && !letsThrough.has(fault.kind)

const usualTimes = ({ nth, rate }: Fault): number =>
  rate !== undefined || (typeof nth === 'string' && !/^\d+$/.test(nth)) ? Number.POSITIVE_INFINITY : 1

/** Whether a `reorder` has begun to hold back, and waits for more: those come whichever they are. */
const isAmidGroup = ({ fault, fired }: ArmedFault): boolean =>
  fault.kind === 'reorder' && fired % (fault.count ?? usualGroup) > 0

/** A delivery suffers of each sort one, the first that was armed; one that is dropped suffers nothing else. */
function oneOfEach(due: readonly Entry[]): readonly Entry[] {
  const sortOf = ({ fault }: Entry) => decidedBy[fault.kind as WebhookFaultKind]
  const dropping = due.find(({ fault }) => fault.kind === 'drop')
  return dropping ? [dropping] : due.filter((one, i) => due.findIndex((other) => sortOf(other) === sortOf(one)) === i)
}

function fits(fault: Fault, call: Call): boolean {
  const { provider, client, on } = fault
  if ('event' in fault && fault.event !== undefined && fault.event !== call.event) return false
  if (call.spared?.some((kind) => kind === fault.kind)) return false
  if (provider !== undefined && provider !== call.environment && provider !== call.provider) return false
  if (client !== undefined && client !== call.clientId) return false
  return on === call.endpoint || on === `${call.endpoint}:${call.grantType}`
}

function isNth(nth: Fault['nth'], count: number): boolean {
  if (nth === undefined) return true
  const [, not, step] = /^(!?)(\d+)n$/.exec(`${nth}`) ?? []
  if (step !== undefined) return (count % Number(step) === 0) === (not === '')
  const [first, last = first] = `${nth}`.split('-').map(Number)
  return first !== undefined && last !== undefined && first <= count && count <= last
}
