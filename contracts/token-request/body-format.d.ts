import { type Clause } from '../../src/contract/clause.ts'
/** How a token request is written. */
export declare const bodyFormat: readonly Clause[]
