import { type Clause } from '../../src/contract/clause.ts'
/** Many calls find the same token expired. */
export declare const singleFlight: readonly Clause[]
