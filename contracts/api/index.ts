import type { Clause } from '../../src/contract/clause.ts'
import { accounts } from './accounts.ts'
import { bearer } from './bearer.ts'
import { otherRefusals } from './other-refusals.ts'
import { repeating } from './repeating.ts'
import { concurrent401 } from './together.ts'
import { unauthorized } from './unauthorized.ts'

/** Calls to the API, and what a 401 means. */
export const api: readonly Clause[] = [
  ...bearer,
  ...unauthorized,
  ...concurrent401,
  ...repeating,
  ...otherRefusals,
  ...accounts,
]
