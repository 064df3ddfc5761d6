import type { Receiver } from '../store/store.ts'
import type { Milliseconds } from '../vocabulary/duration.ts'
import type { HttpRequest } from '../vocabulary/wire.ts'
import type { FaultAct } from './journal.ts'

/**
 * What became of an event.
 *
 * - `no receiver`: the client had registered none
 * - `not chosen`: it had not chosen this event
 * - `undeliverable`: nothing in this process sends requests, or its provider is not played any more
 * - `pending`: an attempt is under way or due
 * - `delivered`, `failed`: it was received, or the last attempt was in vain
 * - `paused`: too many attempts in a row were in vain; it is sent once deliveries go on
 */
export type WebhookState =
  | 'no receiver'
  | 'not chosen'
  | 'undeliverable'
  | 'pending'
  | 'delivered'
  | 'failed'
  | 'paused'

/** One attempt to deliver an event. Without status and failure it is still under way. */
export interface WebhookAttempt {
  /** World time, in milliseconds. */
  readonly at: number
  readonly url: string
  readonly headers: HttpRequest['headers']
  readonly status?: number
  /** Why there was no answer: `timed out`, `ECONNREFUSED` …; `interrupted` where the process ended under it. */
  readonly failure?: string
}

/** Something that the provider tells its clients, from the moment it happens. */
export interface WebhookEvent {
  /** `w1`, `w2`, … in the order in which they happened. */
  readonly id: string
  /** World time, in milliseconds. */
  readonly at: number
  readonly environment: string
  readonly clientId: string
  /** The provider's name for it. */
  readonly event: string
  readonly grantId?: string
  /** It did not happen: someone asked for a test. */
  readonly test?: true
  /** It did not happen again: the delivery of this event comes once more, as it was. */
  readonly replays?: string
  /** What is done to its delivery on purpose. */
  readonly faults?: readonly WebhookAct[]
  readonly body: string
  readonly state: WebhookState
  /** World time of the next attempt, in milliseconds. */
  readonly nextAt?: number
  /** The last hundred, oldest first. */
  readonly attempts: readonly WebhookAttempt[]
}

/** One deliberate misbehaviour in the delivery of an event. */
export type WebhookAct = Omit<FaultAct, 'at'>

/** How a letter is signed otherwise than its receiver expects: by a wrong digit, not at all, or with another secret. */
export type Missigned = 'wrong' | 'none' | { readonly secret: string }

/** What a letter is made from, as plain data. */
export interface LetterData {
  readonly environment: string
  readonly clientId: string
  /** The receiver at the moment of the event: it still holds when the client itself is gone. */
  readonly receiver?: Receiver
  /** Added to the receiver's URL, in order. */
  readonly query: Readonly<Record<string, string>>
  readonly body: string
  readonly missigned?: Missigned
  /** It goes out as it did before, to the same URL with the same headers. */
  readonly asBefore?: Pick<WebhookAttempt, 'url' | 'headers'>
}

/** When and how often an event is sent, where a fault decides. */
export interface Sending {
  /** Never; it is listed as delivered. */
  readonly dropped?: true
  /** So much later, in milliseconds. */
  readonly delay?: Milliseconds
  /** Not before this fault lets go of it. */
  readonly heldBy?: string
  /** So many times more, once it is received. */
  readonly copies?: number
}

/** How an event is delivered. */
export interface Letter {
  /** What it is made from. */
  readonly data: LetterData
  /** The client that it is for. */
  readonly addressee: string
  readonly counts: (status: number) => boolean
  /** How long an answer is waited for. */
  limit(attempt: 'first' | 'retry'): Milliseconds
  /** Further attempts, since the first one. */
  readonly retries: readonly Milliseconds[]
  readonly pausedAfter: number | undefined
  /** The request of an attempt at a world time; nothing once the client has no receiver any more. */
  write(at: number): Promise<HttpRequest | undefined>
}

/** What the world outside does for a world: it takes requests, and it has real time. */
export interface Outside {
  /** Sends a request, once, and follows no redirect. Never rejects; gives up when the signal says so. */
  send(request: HttpRequest, signal: AbortSignal): Promise<{ status: number } | { failure: string }>
  /**
   * Rings after real milliseconds, or somewhat sooner where that is very long. Returns the way to stop it.
   * @param isAwaited somebody waits for it, perhaps in this process: then it holds the process, as a socket would
   */
  alarm(after: Milliseconds, ring: () => void, isAwaited?: boolean): () => void
}
