import type { ProviderDefinition } from '../../vocabulary/definition.ts'
import { isRenewing } from '../../vocabulary/override-rotation.ts'
import type { Plain } from '../../vocabulary/plain.ts'
import type { Clause, Given } from '../clause.ts'

/** What is said where a provider does not give it. */
const lacking: Readonly<Record<Given, string>> = {
  refreshes: 'The provider takes no refresh tokens.',
  'longer life by refreshes': 'However often it is refreshed, a link ends when its first refresh token would have.',
}

/** What a provider gives by its definition, with what is presumed in it. */
export const givenBy = (rules: Plain<ProviderDefinition>): ReadonlySet<Given> =>
  new Set<Given>([
    ...(isRenewing(rules) ? (['refreshes'] as const) : []),
    ...(rules.refresh?.token.renewedLifetime === 'whole' ? (['longer life by refreshes'] as const) : []),
  ])

/** Why a clause asks for nothing where only so much is given, if so. */
export function pointless({ after, given }: Clause, has: ReadonlySet<Given>): string | undefined {
  const needed: readonly (Given | undefined)[] = [after === 'refreshes' ? after : undefined, given]
  const missing = needed.find((one) => one !== undefined && !has.has(one))
  return missing && lacking[missing]
}
