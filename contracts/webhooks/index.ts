import type { Clause } from '../../src/contract/clause.ts'

/** What the provider tells. */
export const webhooks: readonly Clause[] = []
