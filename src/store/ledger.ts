import type { Change } from './table.ts'

/** Where a world's state outlives its process. */
export interface Ledger {
  /** All that is kept, in no order. */
  read(): readonly Change[]
  /**
   * Keeps changes, all or none. They are kept when it returns, however the process ends.
   * @param anew forgets all that was kept before
   */
  write(changes: readonly Change[], anew: boolean): void
}
