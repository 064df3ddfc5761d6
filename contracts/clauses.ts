import type { Clause } from '../src/contract/clause.ts'
import { state } from './authorization-request/state.ts'
import { stateChecks } from './callback/state.ts'
import { singleFlight } from './rotation/single-flight.ts'
import { bodyFormat } from './token-request/body-format.ts'

/** Every clause, theme by theme, in the order in which a client meets what they are about. */
export const clauses: readonly Clause[] = [...state, ...stateChecks, ...bodyFormat, ...singleFlight]
