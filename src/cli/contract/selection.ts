import { clausesLike, isFor, UnknownClause } from '../../contract/catalogue.ts'
import { type Clause, everywhere, type ProviderId } from '../../contract/clause.ts'
import { didYouMean } from '../../vocabulary/suggestion.ts'
import { Stop } from '../stop.ts'

/**
 * The providers that were named; every one where none was.
 * @throws {Stop}
 */
export function chosenProviders(named: readonly string[] = everywhere): readonly ProviderId[] {
  if (named.length === 0) throw new Stop(2, `--provider names none. There are contracts for: ${everywhere.join(', ')}.`)
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
  return meant(named).filter((clause) => providers.some((provider) => isFor(clause, provider)))
}

function meant(named: readonly string[] = ['*']): readonly Clause[] {
  if (named.length === 0) throw new Stop(2, '--clause names none. mock-oauth contract --list has all of them.')
  try {
    return clausesLike(named)
  } catch (error) {
    if (!(error instanceof UnknownClause)) throw error
    throw new Stop(2, `${error.message} mock-oauth contract --list has all of them.`)
  }
}
