import type { Clause } from '../../src/contract/clause.ts'
import { state } from './state.ts'

/** The authorization request: where the browser is sent. */
export const authorizationRequest: readonly Clause[] = [...state]
