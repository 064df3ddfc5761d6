import { type Clause } from '../../src/contract/clause.ts'
/** A callback whose state is not the one that was sent. */
export declare const stateChecks: readonly Clause[]
