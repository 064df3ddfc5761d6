import type { Exchange, Journal } from './journal.ts'
import type { Outbox } from './outbox.ts'
import type { WebhookEvent } from './webhook-event.ts'

/** One thing that happened in a world. Numbers rise by one and go on after a reset. */
export type FeedItem = { readonly number: number } & (
  | { readonly kind: 'exchange'; readonly value: Exchange }
  | { readonly kind: 'webhook'; readonly value: WebhookEvent }
)

/** Exchanges and changes of webhook events, in the order in which they happened; the last thousand are kept. */
export interface Feed {
  /** The number of the newest one; 0 before the first. */
  newest(): number
  /** What is kept of all after a number. */
  since(number: number): readonly FeedItem[]
  /** Calls back after each item from now on; returns the way to stop. */
  subscribe(listener: () => void): () => void
  clear(): void
}

const limit = 1_000

/** Listens to a world from its beginning. */
export function createFeed(journal: Journal, outbox: Outbox): Feed {
  const items: FeedItem[] = []
  const listeners = new Set<() => void>()
  let number = 0
  const add = (item: FeedItem) => {
    items.push(item)
    if (items.length > limit) items.shift()
    for (const listener of listeners) listener()
  }
  journal.subscribe((value) => add({ number: ++number, kind: 'exchange', value }))
  outbox.subscribe((value) => add({ number: ++number, kind: 'webhook', value }))
  return {
    newest: () => number,
    since(last) {
      // A number that is yet to come is of an earlier process: all is new to its reader.
      const newer = last > number ? items.length : number - last
      return newer === 0 ? [] : items.slice(-newer)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    clear() {
      items.length = 0
    },
  }
}
