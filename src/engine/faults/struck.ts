import type { Misbehaviours } from '../../vocabulary/fault.ts'
import type { HttpResponse } from '../../vocabulary/wire.ts'
import type { Call } from '../../world/faults.ts'
import type { FaultOrder } from '../orders.ts'
import type { Outcome, Visit } from '../visit.ts'

/** What a fault has done to a call. */
export type Struck = Act | Forgotten

/** The world was reset while the call waited: nothing more is done, and nothing of it is kept. */
export interface Forgotten {
  readonly forgotten: true
}

/** What was done, in words; an answer in place of the engine's, where there is one. */
export interface Act {
  readonly words: string
  /** Before the work: this, and the work is not done. After it: what stands in place of this part of the engine's outcome. */
  readonly outcome?: Outcome
  /** After it: sent in place of the engine's answer. */
  readonly response?: HttpResponse
  /** To be called when the call is done, whatever became of it. */
  readonly done?: () => void
}

/** What has come of a call when a fault strikes after the work. */
export interface Done {
  readonly outcome: Outcome
  readonly call: Call
  /** What this very fault had ordered, where something was issued. */
  readonly order: FaultOrder | undefined
}

/** How one kind of fault strikes at each moment that it can. */
export interface Strike<Said> {
  before?(visit: Visit, said: Said, id: string): Struck | Promise<Struck>
  /** What a fault that strikes after the work wants to be issued in it. */
  order?(visit: Visit, said: Said, call: Call): FaultOrder | Promise<FaultOrder>
  after?(visit: Visit, said: Said, answered: HttpResponse, id: string, done: Done): Struck | Promise<Struck>
}

/** For each kind, how it strikes. */
export type Strikes = { readonly [Kind in keyof Misbehaviours]: Strike<Misbehaviours[Kind]> }
