import { closest } from 'fastest-levenshtein'
import { playable } from '../control/playable.ts'
import type { ProviderDefinition } from '../vocabulary/definition.ts'
import { Stop } from './stop.ts'

/** Each `provider.name=choice` that these providers offer, all providers when none is named. */
export const assumptionsOf = (providers: readonly (string | ProviderDefinition)[]): readonly string[] => [
  ...new Set(
    playable(providers).flatMap(({ provider, evidence }) =>
      evidence.flatMap(({ as, otherwise = {} }) =>
        Object.keys(otherwise).map((choice) => `${provider}.${as}=${choice}`),
      ),
    ),
  ),
]

/**
 * Refuses what the providers do not offer, naming what comes nearest.
 * @throws {Stop} for an unknown assumption
 * @throws {MockOAuthError} `unknown_provider`
 */
export function checkAssumptions(
  providers: readonly (string | ProviderDefinition)[],
  assume: Readonly<Record<string, string>> = {},
): void {
  const given = Object.entries(assume).map(([name, choice]) => `${name}=${choice}`)
  if (given.length === 0) return
  const known = assumptionsOf(providers)
  const unknown = given.find((one) => !known.includes(one))
  if (unknown === undefined) return
  if (known.length === 0) {
    const names = providers.map((one) => (typeof one === 'string' ? one : one.id)).join(', ')
    throw new Stop(2, `There is no assumption ${unknown}: ${names} offers none.`)
  }
  // Where a provider is named rightly, its own choices are meant.
  const own = known.filter((one) => one.startsWith(`${unknown.split('.')[0]}.`))
  const list = own.length > 0 ? `Known: ${own.join(', ')}.` : '"mock-oauth show <provider>" lists them.'
  const nearest = closest(unknown, own.length > 0 ? own : [...known])
  throw new Stop(2, `There is no assumption ${unknown}. Did you mean ${nearest}? ${list}`)
}
