import type { Clause } from '../../src/contract/clause.ts'
import { stateChecks } from './state.ts'

/** The callback: what the browser brings back. */
export const callback: readonly Clause[] = [...stateChecks]
