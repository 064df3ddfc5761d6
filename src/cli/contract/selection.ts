import { catalogue, isFor } from '../../contract/catalogue.ts'
import { type Clause, everywhere, type ProviderId } from '../../contract/clause.ts'
import { isLike } from '../../contract/clause-pattern.ts'
import { didYouMean } from '../../vocabulary/suggestion.ts'
import { Stop } from '../stop.ts'

/**
 * The providers that were named; every one where none was.
 * @throws {Stop}
 */
export function chosenProviders(named: readonly string[] = everywhere): readonly ProviderId[] {
  const unknown = named.find((one) => !everywhere.includes(one as ProviderId))
  if (unknown !== undefined) {
    throw new Stop(
      2,
      `There are no contracts for "${unknown}".${didYouMean(unknown, everywhere)} There are for: ${everywhere.join(', ')}.`,
    )
  }
  return [...new Set(named as readonly ProviderId[])]
}

/**
 * The clauses that are meant, for any of these providers.
 * @throws {Stop} where a pattern means none
 */
export function chosenClauses(
  named: readonly string[] | undefined,
  providers: readonly ProviderId[],
): readonly Clause[] {
  const ids = catalogue.map(({ id }) => id)
  const unknown = named?.find((pattern) => !ids.some((id) => isLike(pattern, id)))
  if (unknown !== undefined) {
    throw new Stop(
      2,
      `No clause is like "${unknown}".${didYouMean(unknown, ids)} mock-oauth contract --list has all of them.`,
    )
  }
  const meant = named ? catalogue.filter(({ id }) => named.some((pattern) => isLike(pattern, id))) : catalogue
  return meant.filter((clause) => providers.some((provider) => isFor(clause, provider)))
}
