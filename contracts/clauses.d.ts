import type { Clause } from '../src/contract/clause.ts'
/** Every clause, theme by theme, in the order in which a client meets what they are about. */
export declare const clauses: readonly Clause[]
