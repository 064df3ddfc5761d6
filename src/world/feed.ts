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
  /** What is kept of all after a number. */
  since(number: number): readonly FeedItem[]
  /** Calls back for each item from now on; returns the way to stop. */
  subscribe(listener: (item: FeedItem) => void): () => void
  clear(): void
}

const limit = 1_000

/** Listens to a world from its beginning. */
export function createFeed(journal: Journal, outbox: Outbox): Feed {
  const items: FeedItem[] = []
  const listeners = new Set<(item: FeedItem) => void>()
  let number = 0
  const add = (item: FeedItem) => {
    items.push(item)
    if (items.length > limit) items.shift()
    for (const listener of listeners) listener(item)
  }
  journal.subscribe((value) => add({ number: ++number, kind: 'exchange', value }))
  outbox.subscribe((value) => add({ number: ++number, kind: 'webhook', value }))
  return {
    // A number that is yet to come is of an earlier process: all is new to its reader.
    since: (last) => (last > number ? [...items] : items.filter((item) => item.number > last)),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    clear() {
      items.length = 0
    },
  }
}
