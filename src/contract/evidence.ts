import type { Exchange } from '../world/journal.ts'
import type { Answered, Asked, DriverProblem, Env, Op } from './protocol/messages.ts'

/** What a client did wrong. */
export interface Finding {
  /** One sentence, the client as its subject: "sent two token requests for one code". */
  readonly saw: string
  /** The exchanges that show it. */
  readonly shownBy: readonly string[]
}

/** One thing that a client was asked, and what it answered. */
export type Step = {
  [Name in Op]: {
    readonly op: Name
    /** Which process of the story: `a` is the first, `b` the second on the same store. */
    readonly process: string
    readonly asked: Asked[Name]
    readonly answer?: Answered[Name]
    readonly problem?: DriverProblem
    /** The process ended, or nothing came in time. */
    readonly lost?: 'died' | 'timed out'
    /** The last mark before it was asked. */
    readonly mark: string
    /** How many exchanges the journal had when it was asked, and when it was answered. */
    readonly from: number
    readonly to: number
    /** Real milliseconds. */
    readonly tookMs: number
  }
}[Op]

/** A file of the store, at the end of the story. */
export interface StoredFile {
  readonly path: string
  /** Permission bits: 0o600 */
  readonly mode: number
  readonly text: string
}

/** One exchange and where in the story it stands. */
export interface Seen extends Exchange {
  /** The last mark before it. */
  readonly mark: string
}

/** All that is known of a story's run: plain data, for judgements. */
export interface Evidence {
  readonly provider: string
  readonly env: Env
  /** Every exchange, raw, in the order of arrival. */
  readonly exchanges: readonly Seen[]
  readonly steps: readonly Step[]
  /** What the story wrote down, by name. */
  readonly notes: Readonly<Record<string, string>>
  /** All that the client wrote to stderr, and to stdout besides the protocol. */
  readonly output: string
  readonly store: readonly StoredFile[]
  /** Processes that ended by themselves. */
  readonly deaths: readonly { readonly process: string; readonly how: string }[]
}

/** A finding. */
export const saw = (sentence: string, ...shownBy: readonly (Pick<Exchange, 'id'> | undefined)[]): Finding => ({
  saw: sentence,
  shownBy: shownBy.flatMap((exchange) => exchange?.id ?? []),
})
