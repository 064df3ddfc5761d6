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
  /** Counts a call, and answers what strikes it, in the order in which it was armed. */
  strike(call: Call, now: number): readonly ArmedFault[]
  /** Those that have not struck once, and were not left to chance. */
  unfired(): readonly ArmedFault[]
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
  readonly armed: readonly (ArmedFault & { readonly rounds: number; readonly until?: number })[]
}

type Entry = { -readonly [K in keyof FaultState['armed'][number]]: FaultState['armed'][number][K] }

/** @param chance for those that strike by chance */
export function createFaults(chance: () => Chance): Faults {
  let entries: Entry[] = []
  let taken = 0
  let clearing = new AbortController()

  /** Whether it strikes a call that it fits, which is counted. */
  function decides(entry: Entry, now: number): boolean {
    const { fault } = entry
    entry.seen++
    if (entry.until !== undefined && now < entry.until) return true
    if (isAmidGroup(entry)) return true
    const { nth, rate, times = usualTimes(fault) } = fault
    // Drawn each time, so that what one call draws depends on how many came before alone.
    const isDrawn = rate === undefined || chance().below(0x1_0000_0000) < rate * 0x1_0000_0000
    return isDrawn && isNth(nth, entry.seen) && entry.rounds < times
  }

  function fire(entry: Entry, now: number): void {
    const goesOn = isAmidGroup(entry)
    entry.fired++
    if (goesOn) return
    if (entry.until !== undefined && now < entry.until) return
    entry.rounds++
    if (entry.fault.kind === 'rateLimit') entry.until = now + duration(entry.fault.retryAfter)
  }

  function fireAll(striking: readonly Entry[], now: number): readonly ArmedFault[] {
    for (const entry of striking) fire(entry, now)
    return striking
  }

  return {
    get any() {
      return entries.length > 0
    },
    arm(fault, at) {
      const entry = { id: `f${++taken}`, fault, at, seen: 0, fired: 0, rounds: 0 }
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
    strike(call, now) {
      const fitting = entries.filter(({ fault }) => fits(fault, call))
      const due = fitting.filter((entry) => decides(entry, now))
      if (call.endpoint === 'webhook') return fireAll(oneOfEach(due), now)
      const answering = due.find(({ at, fault }) => at === 'before' && !letsThrough.has(fault.kind))
      // A call is answered once: what would answer it too waits for the next, and so does what spoils an answer of the engine.
      const striking = due.filter(
        (entry) => !answering || entry === answering || (entry.at === 'before' && letsThrough.has(entry.fault.kind)),
      )
      return fireAll(striking, now)
    },
    unfired: () => entries.filter(({ fired, fault }) => fired === 0 && fault.rate === undefined),
    clear() {
      entries = []
      taken = 0
      clearing.abort()
      clearing = new AbortController()
    },
    get cleared() {
      return clearing.signal
    },
    dump: () => ({ taken, armed: entries.map((entry) => ({ ...entry })) }),
    load(state) {
      taken = state.taken
      entries = state.armed.map((entry) => ({ ...entry }))
    },
  }
}

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

/** How `nth` may be written. */
export const nthForm = /^(?:[1-9]\d{0,8}|[1-9]\d{0,8}-[1-9]\d{0,8}|!?[1-9]\d{0,8}n)$/

function isNth(nth: Fault['nth'], count: number): boolean {
  if (nth === undefined) return true
  const [, not, step] = /^(!?)(\d+)n$/.exec(`${nth}`) ?? []
  if (step !== undefined) return (count % Number(step) === 0) === (not === '')
  const [first, last = first] = `${nth}`.split('-').map(Number)
  return first !== undefined && last !== undefined && first <= count && count <= last
}
