import type { LetterData, WebhookEvent } from '../webhook-event.ts'

/** An outbox as plain data. */
export interface OutboxState extends OutboxCounts {
  /** Oldest first. */
  readonly entries: readonly OutboxEntry[]
}

/** What an outbox counts besides its events. */
export interface OutboxCounts {
  /** The number of the newest event. */
  readonly taken: number
  /** Attempts in vain in a row, by addressee. */
  readonly vain: Readonly<Record<string, number>>
  /** To whom deliveries stand still. */
  readonly paused: readonly string[]
}

/** One event as plain data, with all that it takes to go on with it. */
export interface OutboxEntry {
  readonly event: WebhookEvent
  readonly letter: LetterData
  /** The schedule of retries counts from here; it begins anew when deliveries go on after a pause. */
  readonly round: { readonly since: number; readonly made: number }
  /** World time of the next attempt, in milliseconds; of the one under way, which counts as not made yet. */
  readonly due?: number
  /** Among those due at one moment the lower comes first. */
  readonly place: number
  /** The fault that holds it back. */
  readonly heldBy?: string
  /** How often it is sent again, once it is received. */
  readonly copies?: number
}

/** Hears of everything that changes the state of an outbox, at once and in order. */
export interface OutboxWatcher {
  /** An event is new, or another than before. */
  kept(entry: OutboxEntry): void
  forgotten(id: string): void
  counted(counts: OutboxCounts): void
}
