import { configured } from './configured.ts'
import type { ProviderDefinition } from './definition.ts'
import { duration, inWords, type Milliseconds } from './duration.ts'
import { at, MockOAuthError } from './misuse.ts'
import type { Plain, Resolved } from './plain.ts'

/** How long what a provider issues lives, in place of what its definition says: `{ accessToken: '5m' }`. */
export interface Lifetimes {
  code?: string
  accessToken?: string
  refreshToken?: string
  idToken?: string
}

/** Where a definition says it; the first of them is a must, for a token that the provider has. */
const places: Readonly<Record<keyof Lifetimes, readonly [string, ...string[]]>> = {
  code: ['authorize.code.lifetime'],
  accessToken: ['token.accessToken.lifetime', 'clientCredentials.lifetime'],
  refreshToken: ['refresh.token.lifetime'],
  idToken: ['openid.lifetime'],
}

const names: Readonly<Record<keyof Lifetimes, string>> = {
  code: 'codes',
  accessToken: 'access tokens',
  refreshToken: 'refresh tokens',
  idToken: 'ID tokens',
}

/**
 * A lifetime for one kind of what a provider issues.
 * @throws {MockOAuthError} `invalid_option`, `invalid_duration`
 */
export function lifetimeOf(rules: Plain<ProviderDefinition>, kind: string, text: string): Milliseconds {
  const known = Object.keys(places) as (keyof Lifetimes)[]
  const found = known.find((one) => one === kind)
  if (!found) throw new MockOAuthError('invalid_option', `"${kind}" has no lifetime. Expected ${known.join(', ')}.`)
  if (valueAt(rules, places[found][0]) === undefined) {
    throw new MockOAuthError('invalid_option', `${rules.name} issues no ${names[found]}.`)
  }
  const length = duration(text)
  if (length > 0) return length
  throw new MockOAuthError('invalid_duration', `"${text}" is over at once. Expected a length of time above zero.`)
}

/**
 * A definition with these lifetimes in place of its own, which its evidence says.
 * @throws {MockOAuthError} `invalid_option`, `invalid_duration`, each naming its path
 */
export function withLifetimes(
  { plain, evidence }: Resolved<ProviderDefinition>,
  lifetimes: Lifetimes,
): Resolved<ProviderDefinition> {
  let [rules, entries] = [plain, evidence]
  for (const [kind, text] of Object.entries(lifetimes)) {
    const setting = `lifetimes.${plain.id}.${kind}`
    const length = at(setting, () => lifetimeOf(plain, kind, text))
    for (const path of places[kind as keyof Lifetimes]) {
      const before = valueAt(plain, path)
      if (before === undefined) continue
      rules = replaced(rules, path.split('.'), length)
      entries = configured(entries, { path, words: inWords(length) }, setting, inWords(before))
    }
  }
  return { plain: rules, evidence: entries }
}

const within = (value: unknown, key: string): unknown => (value as Readonly<Record<string, unknown>> | undefined)?.[key]

const valueAt = (rules: unknown, path: string) => path.split('.').reduce(within, rules) as Milliseconds | undefined

const replaced = <T>(whole: T, [key, ...rest]: readonly string[], value: unknown): T =>
  key === undefined ? (value as T) : { ...whole, [key]: replaced(within(whole, key), rest, value) }
