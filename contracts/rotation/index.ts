import type { Clause } from '../../src/contract/clause.ts'
import { singleFlight } from './single-flight.ts'

/** Rotation, and many at once. */
export const rotation: readonly Clause[] = [...singleFlight]
