import type { ClauseId, ProviderId } from '../src/contract/clause.ts'
import { finexer } from './finexer/sentences.ts'
import { mekari } from './mekari/sentences.ts'
import { mercadoPago } from './mercado-pago/sentences.ts'
import { mercury } from './mercury/sentences.ts'

/** A sentence of a provider's page in our words, and what it asks of a client: clauses, or why none. */
export type Sentence = { readonly section: string; readonly rule: string } & (
  | { readonly clauses: readonly ClauseId[] }
  | { readonly excluded: string }
)

/** By their numbers in `docs/rules/<page>.md`. */
export type Sentences = Readonly<Record<number, Sentence>>

/** By provider; what a standard says is found in each clause's source. */
export const sentences: Partial<Readonly<Record<ProviderId, Sentences>>> = {
  mekari,
  finexer,
  'mercado-pago': mercadoPago,
  mercury,
}

const clausesOf = (asked: Sentences = {}): ReadonlySet<ClauseId> =>
  new Set(Object.values(asked).flatMap((one) => ('clauses' in one ? one.clauses : [])))

const known = new Map<ProviderId, ReadonlySet<ClauseId>>()

/** The clauses that a provider's own page asks for. */
export function activated(provider: ProviderId): ReadonlySet<ClauseId> {
  const found = known.get(provider) ?? clausesOf(sentences[provider])
  known.set(provider, found)
  return found
}

/** The first sentence of a provider's page that asks for a clause. */
export const sentenceFor = (clause: ClauseId, provider: ProviderId): Sentence | undefined =>
  Object.values(sentences[provider] ?? {}).find((one) => 'clauses' in one && one.clauses.includes(clause))
