import { clauses } from '../../contracts/clauses.ts'
import { activated, sentenceFor } from '../../contracts/sentences.ts'
import { type Clause, type ClauseId, everywhere, type ProviderId } from './clause.ts'

/** Every clause, in the order in which a client meets what they are about. */
export const catalogue: readonly Clause[] = clauses

const byId = new Map<string, Clause>(clauses.map((one) => [one.id, one]))

export const findClause = (id: ClauseId | string): Clause | undefined => byId.get(id)

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
