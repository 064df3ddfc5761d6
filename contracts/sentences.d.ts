import type { ClauseId, ProviderId } from '../src/contract/clause.ts'
/**
 * What a sentence of a provider's page asks of a client: clauses, or why none. The numbers are those of `docs/rules/<page>.md`,
 * which has every sentence in our words.
 */
export type Sentences = Readonly<
  Record<
    number,
    | readonly ClauseId[]
    | {
        readonly excluded: string
      }
  >
>
/** By provider; what a standard says is found in each clause's source. */
export declare const sentences: Partial<Readonly<Record<ProviderId, Sentences>>>
/** The clauses that a provider's own page asks for. */
export declare function activated(provider: ProviderId): ReadonlySet<ClauseId>
