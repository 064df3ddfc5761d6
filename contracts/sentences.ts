import type { ClauseId, ProviderId } from '../src/contract/clause.ts'
import { finexer } from './finexer/sentences.ts'
import { mekari } from './mekari/sentences.ts'
import { mercadoPago } from './mercado-pago/sentences.ts'
import { mercury } from './mercury/sentences.ts'

/**
 * What a sentence of a provider's page asks of a client: clauses, or why none. The numbers are those of `docs/rules/<page>.md`,
 * which has every sentence in our words.
 */
export type Sentences = Readonly<Record<number, readonly ClauseId[] | { readonly excluded: string }>>

/** By provider; what a standard says is found in each clause's source. */
export const sentences: Partial<Readonly<Record<ProviderId, Sentences>>> = {
  mekari,
  finexer,
  'mercado-pago': mercadoPago,
  mercury,
}

const clausesOf = (asked: Sentences = {}): ReadonlySet<ClauseId> =>
  new Set(Object.values(asked).flatMap((one) => ('excluded' in one ? [] : one)))

const known = new Map<ProviderId, ReadonlySet<ClauseId>>()

/** The clauses that a provider's own page asks for. */
export function activated(provider: ProviderId): ReadonlySet<ClauseId> {
  const found = known.get(provider) ?? clausesOf(sentences[provider])
  known.set(provider, found)
  return found
}
