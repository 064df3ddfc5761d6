import type { Clause } from '../../src/contract/clause.ts'
import { deadline } from './deadline.ts'
import { newestToken } from './newest-token.ts'
import { onExpiry } from './on-expiry.ts'
import { outage } from './outage.ts'
import { processes } from './processes.ts'
import { refused } from './refused.ts'
import { request } from './request.ts'

/** Refreshing. */
export const refresh: readonly Clause[] = [
  ...onExpiry,
  ...request,
  ...newestToken,
  ...processes,
  ...refused,
  ...outage,
  ...deadline,
]
