import type { Change, Kept } from '../store/table.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'
import type { State } from './open-state.ts'

/** Where an entry lies. */
type PlaceOfEntry = readonly [format: string, name: string, world: string, table: string, at: number | string]

/** Another version would read something else into what it finds. */
const format = 'mock-oauth state 1'

/**
 * Opens a state that outlives the page, until its tab is closed: what goes to a provider and comes back, or is reloaded,
 * finds what it has left. Each tab has its own.
 */
export function openTab(name: string): State {
  /** What is kept in a browser may be forbidden, or overwritten by anyone who runs there. */
  const readable = <Read>(read: () => Read): Read => {
    try {
      return read()
    } catch (error) {
      const message = `The tab cannot give the state "${name}": ${(error as Error).message}. Begin anew by another name.`
      throw new MockOAuthError('state_unavailable', message)
    }
  }
  const found = () =>
    readable(() =>
      Object.keys(sessionStorage).flatMap((key) => {
        const place = placeIn(key)
        return place?.[1] === name ? [{ key, place }] : []
      }),
    )
  const ofWorld = (world: string) => found().filter(({ place }) => place[2] === world)
  const forget = (world: string) => {
    for (const { key } of ofWorld(world)) sessionStorage.removeItem(key)
  }
  let failure: unknown
  return {
    ledgerOf: (world) => ({
      read: () =>
        ofWorld(world).map(({ key, place: [, , , table, at] }) => ({
          table,
          at,
          kept: readable(() => JSON.parse(sessionStorage.getItem(key) ?? '')) as Kept,
        })),
      write(changes, anew) {
        // What comes after a change that is lost builds on it.
        if (failure) throw failure
        if (anew) forget(world)
        try {
          for (const change of changes) put([format, name, world, change.table, change.at], change.kept)
        } catch (error) {
          forget(world)
          const message = `The tab has no room for the state "${name}": ${(error as Error).message}. Begin anew by another name.`
          failure = new MockOAuthError('state_unavailable', message)
          throw failure
        }
      },
    }),
    worlds: () => [...new Set(found().map(({ place }) => place[2]))],
    async close() {},
  }
}

function put(place: PlaceOfEntry, kept: Change['kept']): void {
  const key = JSON.stringify(place)
  if (kept) sessionStorage.setItem(key, JSON.stringify(kept))
  else sessionStorage.removeItem(key)
}

const placeIn = (key: string): PlaceOfEntry | undefined =>
  key.startsWith(`["${format}",`) ? (JSON.parse(key) as PlaceOfEntry) : undefined
