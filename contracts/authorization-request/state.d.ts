import { type Clause } from '../../src/contract/clause.ts'
/** `state`: what ties the browser that comes back to the one that left. */
export declare const state: readonly Clause[]
