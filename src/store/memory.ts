import { createLives } from './lives.ts'
import { createGrants } from './memory/grants.ts'
import { createRegistered } from './memory/registered.ts'
import { createVisits } from './memory/visits.ts'
import type { Store } from './store.ts'
import { type StoreState, unending } from './store-state.ts'
import type { Kept } from './table.ts'

/**
 * Keeps a world in memory, where what is alive is found by hash.
 * @param remembered how many dead entries to keep for `explain`
 * @param isWatched whether somebody will ask what has changed
 */
export function createMemoryStore(remembered = 10_000, isWatched = false): Store {
  let places = 0
  const shelf = { isWatched, nextPlace: () => ++places }
  const lives = createLives(remembered)
  const registered = createRegistered(shelf)
  const visits = createVisits(shelf, lives, remembered)
  const grants = createGrants(shelf, lives)
  const tables = { ...registered.tables, ...visits.tables, ...grants.tables }
  const revive = { ...registered.revive, ...visits.revive, ...grants.revive }
  let isAnew = false

  function clear(): void {
    for (const table of Object.values(tables)) table.clear()
    lives.clear()
    places = 0
    isAnew = true
  }

  return {
    ...registered.kept,
    ...visits.kept,
    ...grants.kept,

    async removeClient(environment, id, ending) {
      const isTheirs = (one: { environment: string; clientId?: string }) =>
        one.environment === environment && one.clientId === id
      grants.endAll(isTheirs, ending)
      visits.endSessions(isTheirs)
      visits.forgetAsked(environment, id)
      return registered.removeClient(environment, id)
    },
    async removeUser(id, ending) {
      const isTheirs = ({ userId }: { userId?: string }) => userId === id
      grants.endAll(isTheirs, ending)
      visits.endSessions(isTheirs)
      return registered.removeUser(id)
    },

    async sweep(now) {
      lives.sweep(now)
    },
    async size() {
      return { live: visits.living() + grants.living(), remembered: lives.remembered() }
    },
    async clear() {
      clear()
    },
    dump: () =>
      Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, table.dump()])) as unknown as StoreState,
    load(state) {
      clear()
      const all = Object.entries(state).flatMap(([name, entries]) =>
        entries.map((kept: Kept) => ({ revive: revive[name as keyof StoreState] as (kept: Kept) => void, kept })),
      )
      // In the order in which they came: a grant before its tokens.
      for (const one of all.sort((a, b) => a.kept.place - b.kept.place)) {
        places = Math.max(places, one.kept.place)
        one.revive(unending(one.kept))
      }
    },
    takeChanges() {
      const anew = isAnew
      isAnew = false
      const changes = Object.entries(tables).flatMap(([name, table]) =>
        table.takeChanges().map((change) => ({ ...change, table: name })),
      )
      return { changes, anew }
    },
  }
}
