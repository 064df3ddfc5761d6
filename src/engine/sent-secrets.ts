import type { HttpRequest } from '../vocabulary/wire.ts'
import { splitUrl } from './url.ts'

/** Parameters, fields and keys that hold a secret, whatever a provider's form calls them: `user[password]`, `id_token`. */
export const isSecret = (name: string): boolean => whole.test(name) || /(token|secret|password)\]?$/i.test(name)

/** Names that do not say so by their end. */
const whole = /^(code|code_verifier|consent|client_assertion|request_uri|device_code|id_token_hint)$/i

/** Shorter texts are no secrets of anybody's, and would be found in every sentence. */
const shortest = 4

/** The secrets that a request held: an answer may say them again, in the middle of a sentence. The longest comes first. */
export function sentSecrets({ url, headers, body }: HttpRequest): readonly string[] {
  // Both ways, whatever the type says: it is the client's word.
  const pairs = [...new URLSearchParams(splitUrl(url).query), ...pairsOfJson(body), ...new URLSearchParams(body)]
  const named = pairs.flatMap(([name, value]) => (isSecret(name) ? [value] : []))
  const [, ...presented] = headers.authorization?.split(/ +/) ?? []
  return [...new Set([...named, ...presented])]
    .filter((one) => one.length >= shortest)
    .sort((a, b) => b.length - a.length)
}

/** The members of a JSON object; none of what is no object. */
export function pairsOfJson(body: string): [string, string][] {
  try {
    return Object.entries(JSON.parse(body)).map(([name, value]) => [name, String(value)])
  } catch {
    return []
  }
}
