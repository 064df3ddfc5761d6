import type { Clause } from '../../src/contract/clause.ts'

/** Refreshing. */
export const refresh: readonly Clause[] = []
