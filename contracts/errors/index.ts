import type { Clause } from '../../src/contract/clause.ts'

/** Refusals of the token endpoint. */
export const errors: readonly Clause[] = []
