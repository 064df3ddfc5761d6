import { clauses } from '../../contracts/clauses.ts'
import { activated, sentenceFor } from '../../contracts/sentences.ts'
import { didYouMean } from '../vocabulary/suggestion.ts'
import { type Clause, type ClauseId, everywhere, type ProviderId } from './clause.ts'
import { isLike } from './clause-pattern.ts'

/** Every clause, in the order in which a client meets what they are about. */
export const catalogue: readonly Clause[] = clauses

const byId = new Map<string, Clause>(clauses.map((one) => [one.id, one]))

export const findClause = (id: ClauseId | string): Clause | undefined => byId.get(id)

/** A name or pattern that means no clause. */
export class UnknownClause extends Error {
  override readonly name = 'UnknownClause'
}

/**
 * The clauses that are meant.
 * @param named ids and patterns: `rf-*`
 * @throws {UnknownClause}
 */
export function clausesLike(named: readonly string[]): readonly Clause[] {
  const ids = catalogue.map(({ id }) => id)
  const unknown = named.find((pattern) => !ids.some((id) => isLike(pattern, id)))
  if (unknown !== undefined) throw new UnknownClause(`No clause is like "${unknown}".${didYouMean(unknown, ids)}`)
  return catalogue.filter(({ id }) => named.some((pattern) => isLike(pattern, id)))
}

/** Whether a clause is for a provider: its page asks for it, or it applies all the same. */
export const isFor = (clause: Clause, provider: ProviderId): boolean =>
  clause.alsoFor.includes(provider) || activated(provider).has(clause.id)

/** The providers that a clause is for. */
export const providersOf = (clause: Clause): readonly ProviderId[] => everywhere.filter((one) => isFor(clause, one))

/** The sentence of a provider's page that asks for a clause, where one does. */
export const pageRuleOf = (clause: ClauseId, provider: ProviderId): { section: string; rule: string } | undefined => {
  const found = sentenceFor(clause, provider)
  return found && { section: found.section, rule: found.rule }
}
