import type { Clause } from '../../src/contract/clause.ts'

/** Bad networks and outages. */
export const resilience: readonly Clause[] = []
