import { closest } from 'fastest-levenshtein'
import { providers } from '../providers.ts'
import type { ProviderDefinition } from '../vocabulary/definition.ts'
import { type Environment, environmentsOf } from '../vocabulary/environment.ts'
import type { Lifetimes } from '../vocabulary/lifetimes.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'

/**
 * The environments of the named or given providers, as the assumptions say; of every provider when none is named.
 * @param assume `{ '<provider>.<assumption>': '<choice>' }`
 * @param lifetimes by provider
 * @throws {MockOAuthError} `unknown_provider`, `unknown_assumption`, `invalid_definition`, `invalid_option`, `invalid_duration`
 */
export function playable(
  names: readonly (string | ProviderDefinition)[],
  assume: Readonly<Record<string, string>> = {},
  lifetimes: Readonly<Record<string, Lifetimes>> = {},
): readonly Environment[] {
  const chosen = [...new Set(names.length > 0 ? names : Object.keys(providers))].map(definitionOf)
  const ids = chosen.map(({ id }) => id)
  const twice = ids.find((id, i) => ids.indexOf(id) < i)
  if (twice !== undefined) {
    throw new MockOAuthError('invalid_definition', `Two providers have the id "${twice}". Give one of them another.`)
  }
  const choices = sortByProvider(assume, ids)
  const unplayed = Object.keys(lifetimes).find((id) => !ids.includes(id))
  if (unplayed !== undefined) {
    throw new MockOAuthError('invalid_option', `lifetimes.${unplayed}: not played. Played: ${ids.join(', ')}.`)
  }
  return chosen.flatMap((definition) =>
    environmentsOf(
      definition,
      choices[definition.id],
      Object.hasOwn(lifetimes, definition.id) ? lifetimes[definition.id] : {},
    ),
  )
}

function definitionOf(named: string | ProviderDefinition): ProviderDefinition {
  if (typeof named !== 'string') return named
  const definition = Object.hasOwn(providers, named) ? providers[named] : undefined
  if (definition) return definition
  const known = Object.keys(providers)
  const hint = `Did you mean "${closest(named, known)}"?`
  throw new MockOAuthError('unknown_provider', `There is no provider "${named}". ${hint} Known: ${known.join(', ')}.`)
}

function sortByProvider(assume: Readonly<Record<string, string>>, chosen: readonly string[]) {
  const sorted: Record<string, Record<string, string>> = {}
  for (const [key, choice] of Object.entries(assume)) {
    const dot = key.lastIndexOf('.')
    const [provider, name] = [key.slice(0, dot), key.slice(dot + 1)]
    if (dot < 0 || !chosen.includes(provider)) {
      throw new MockOAuthError(
        'unknown_assumption',
        `"${key}" names no provider that is played. Expected <provider>.<assumption>=<choice>.`,
      )
    }
    sorted[provider] = { ...sorted[provider], [name]: choice }
  }
  return sorted
}
