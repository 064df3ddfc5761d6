import { closest } from 'fastest-levenshtein'
import { providers } from '../providers.ts'
import { type Environment, environmentsOf } from '../vocabulary/environment.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'

/**
 * The environments of the named providers, as the assumptions say; of every provider when none is named.
 * @param assume `{ '<provider>.<assumption>': '<choice>' }`
 * @throws {MockOAuthError} `unknown_provider`, `unknown_assumption`
 */
export function playable(
  names: readonly string[],
  assume: Readonly<Record<string, string>> = {},
): readonly Environment[] {
  const known = Object.keys(providers)
  const chosen = [...new Set(names.length > 0 ? names : known)]
  const choices = sortByProvider(assume, chosen)
  return chosen.flatMap((name) => {
    const definition = Object.hasOwn(providers, name) ? providers[name] : undefined
    if (!definition) {
      const hint = `Did you mean "${closest(name, known)}"?`
      throw new MockOAuthError(
        'unknown_provider',
        `There is no provider "${name}". ${hint} Known: ${known.join(', ')}.`,
      )
    }
    return environmentsOf(definition, choices[name])
  })
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
