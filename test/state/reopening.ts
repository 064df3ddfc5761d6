import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll } from 'vitest'
import { openState, type State } from '../../src/state/open-state.ts'
import { createMemoryStore } from '../../src/store/memory.ts'
import type { Store } from '../../src/store/store.ts'
import type { StoreState } from '../../src/store/store-state.ts'
import type { Kept } from '../../src/store/table.ts'

let state: State
let folder: string
let worlds = 0

/** To be called where tests open stores that outlive themselves. */
export function keepStores(): void {
  beforeAll(async () => {
    folder = mkdtempSync(`${tmpdir()}/mock-oauth-`)
    state = await openState(`${folder}/stores.state`)
  })
  afterAll(async () => {
    await state.close()
    rmSync(folder, { recursive: true })
  })
}

/** A store that is written to a file after each call, and then begun anew from the file; the larger it is, the more seldom. */
export function openReopening(remembered?: number): Store {
  const ledger = state.ledgerOf(`store ${worlds++}`)
  let store = createMemoryStore(remembered, true)
  let calls = 0

  function reopen(): void {
    const { changes, anew } = store.takeChanges()
    ledger.write(changes, anew)
    if (++calls > 100 && calls % 10_000 > 0) return
    const tables: Record<string, Kept[]> = {}
    for (const { table, kept } of ledger.read()) {
      const entries = tables[table] ?? []
      if (kept) entries.push(kept)
      tables[table] = entries
    }
    store = createMemoryStore(remembered, true)
    store.load(tables as unknown as StoreState)
    store.takeChanges()
  }
  return new Proxy({} as Store, {
    get:
      (_, name: keyof Store) =>
      (...args: unknown[]) => {
        const answer: unknown = Reflect.apply(store[name], store, args)
        reopen()
        return answer
      },
  })
}
