import type { Clause } from '../../src/contract/clause.ts'
import { clock } from './clock.ts'
import { deadline } from './deadline.ts'

/** When tokens end, and by whose clock. */
export const expiry: readonly Clause[] = [...deadline, ...clock]
