import type { Clause } from '../../src/contract/clause.ts'
import { malformed } from './malformed.ts'
import { oneBadAnswer } from './one-bad-answer.ts'
import { outage } from './outage.ts'

/** Bad networks and outages. */
export const resilience: readonly Clause[] = [...oneBadAnswer, ...malformed, ...outage]
