import type { Change } from './table.ts'

/** Where a world's state outlives its process. */
export interface Ledger {
  /** All that is kept, in no order. */
  read(): readonly Change[]
  /**
   * Takes changes, which are kept all or none.
   * @param anew forgets all that was kept before
   */
  write(changes: readonly Change[], anew: boolean): void
  /** Resolves once all that was taken so far is kept. */
  committed(): Promise<void>
}
