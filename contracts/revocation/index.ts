import type { Clause } from '../../src/contract/clause.ts'

/** Disconnecting, here and elsewhere. */
export const revocation: readonly Clause[] = []
