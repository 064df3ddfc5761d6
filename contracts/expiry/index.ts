import type { Clause } from '../../src/contract/clause.ts'

/** Lifetimes and clocks. */
export const expiry: readonly Clause[] = []
