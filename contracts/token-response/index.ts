import type { Clause } from '../../src/contract/clause.ts'

/** What a client makes of the token answer. */
export const tokenResponse: readonly Clause[] = []
