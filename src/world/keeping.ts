import type { Ledger } from '../store/ledger.ts'
import type { Store } from '../store/store.ts'
import type { StoreState } from '../store/store-state.ts'
import type { Change, Kept } from '../store/table.ts'
import type { Journal } from './journal.ts'
import type { OutboxCounts, OutboxEntry } from './outbox/state.ts'
import type { Outbox } from './outbox.ts'
import type { Outside } from './webhook-event.ts'
import type { KeptState } from './world-state.ts'

/** What a world is besides its store and outbox: little, and kept as a whole. */
type Rest = Omit<KeptState, 'store' | 'webhooks' | 'takenIds'>

/** A record of the world's own. */
const own = (at: string, record: unknown): Change => ({ table: 'world', at, kept: { place: 0, record } })

const idsAtATime = 1_000

/**
 * Keeps a world in a ledger.
 * @param rest what it is by now
 * @returns keeps all that was done so far; throws where it cannot be kept
 */
export function keepIn(
  ledger: Ledger,
  { store, outbox, journal }: { store: Store; outbox: Outbox; journal: Journal },
  rest: () => Rest,
): () => void {
  const webhooks = new Map<string, OutboxEntry | undefined>()
  let counts: OutboxCounts | undefined
  let position = ''
  let atStart: Rest['atStart'] | undefined

  outbox.watch({
    kept: (entry) => void webhooks.set(entry.event.id, entry),
    forgotten: (id) => void webhooks.set(id, undefined),
    counted(now) {
      counts = now
    },
  })
  outbox.subscribe((_, ended) => {
    if (ended) keep()
  })

  function* changesOfOutbox(): Generator<Change> {
    for (const [at, entry] of webhooks) yield { table: 'webhooks', at, kept: entry && { place: 0, record: entry } }
    webhooks.clear()
    if (counts) yield own('counts', counts)
    counts = undefined
  }

  /** What is not as it was written last. */
  function* changesOfRest(): Generator<Change> {
    const { atStart: registered, ...more } = rest()
    if (registered !== atStart) yield own('atStart', registered)
    atStart = registered
    // Ids are given away in lots, so that not each one has to be written.
    const takenIds = (Math.floor(journal.taken / idsAtATime) + 1) * idsAtATime
    const text = JSON.stringify({ ...more, takenIds })
    if (text !== position) yield own('position', { ...more, takenIds })
    position = text
  }

  function keep(): void {
    const { changes, anew } = store.takeChanges()
    if (anew) [position, atStart] = ['', undefined]
    const all = [...changes, ...changesOfOutbox(), ...changesOfRest()]
    if (anew || all.length > 0) ledger.write(all, anew)
  }
  return keep
}

/** What was kept in a ledger, if anything was. */
export function keptIn(ledger: Ledger): KeptState | undefined {
  const tables = new Map<string, Kept[]>()
  const world: Record<string, unknown> = {}
  for (const { table, at, kept } of ledger.read()) {
    if (!kept) continue
    if (table === 'world') world[at] = kept.record
    else {
      const entries = tables.get(table) ?? []
      entries.push(kept)
      tables.set(table, entries)
    }
  }
  const { position, atStart, counts } = world
  if (!position) return undefined
  const { webhooks = [], ...store } = Object.fromEntries(tables)
  const entries = webhooks.map(({ record }) => record as OutboxEntry)
  return {
    ...(position as Omit<KeptState, 'store' | 'webhooks' | 'atStart'>),
    atStart: atStart as KeptState['atStart'],
    store: store as unknown as StoreState,
    webhooks: { taken: 0, vain: {}, paused: [], ...(counts as object), entries: entries.sort(byId) },
  }
}

const byId = (a: OutboxEntry, b: OutboxEntry) => Number(a.event.id.slice(1)) - Number(b.event.id.slice(1))

/** Tells nobody outside of what is not kept yet. */
export const sendingWhatIsKept = ({ send, alarm }: Outside, keep: () => void): Outside => ({
  alarm,
  send(request, signal) {
    keep()
    return send(request, signal)
  },
})
