import type { Clause } from '../../src/contract/clause.ts'
import { bodyFormat } from './body-format.ts'

/** The code exchange, as it is asked for. */
export const tokenRequest: readonly Clause[] = [...bodyFormat]
