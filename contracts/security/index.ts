import type { Clause } from '../../src/contract/clause.ts'

/** Secrets, and who may do what. */
export const security: readonly Clause[] = []
