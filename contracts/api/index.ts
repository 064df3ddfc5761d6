import type { Clause } from '../../src/contract/clause.ts'

/** Calls to the API, and what a 401 means. */
export const api: readonly Clause[] = []
