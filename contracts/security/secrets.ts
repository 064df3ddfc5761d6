import type { Evidence, Seen } from '../../src/contract/evidence.ts'
import { answerOf, queryOf, stepsOf, tokenFields, tokenRequests } from '../../src/contract/reading.ts'
import type { HttpRequest } from '../../src/vocabulary/wire.ts'

/** What nobody but the client and the provider may see, by what it is: "the client secret". */
export type Secrets = ReadonlyMap<string, string>

const named = {
  access_token: 'an access token',
  refresh_token: 'a refresh token',
  code: 'an authorization code',
  code_verifier: 'a code verifier',
} as const

/** Tokens, and the client's own secrets. */
export function keysIn({ env, exchanges }: Evidence): Secrets {
  const keys = new Map<string, string>()
  if (env.clientSecret) keys.set(env.clientSecret, 'the client secret')
  if (env.webhookSecret) keys.set(env.webhookSecret, 'the secret of webhooks')
  for (const one of tokenRequests(exchanges)) {
    const { access_token, refresh_token } = answerOf(one)
    for (const [name, value] of Object.entries({ access_token, refresh_token }))
      if (typeof value === 'string') keys.set(value, named[name as keyof typeof named])
  }
  return keys
}

/** Those, and what lives for one login. */
export function secretsIn(evidence: Evidence): Secrets {
  const secrets = new Map(keysIn(evidence))
  const passing = [
    ...tokenRequests(evidence.exchanges).map(tokenFields),
    ...stepsOf(evidence, 'callback').map(({ asked }) => queryOf(asked.url)),
  ]
  for (const { code, code_verifier } of passing) {
    if (code) secrets.set(code, named.code)
    if (code_verifier) secrets.set(code_verifier, named.code_verifier)
  }
  return secrets
}

/** What stands in a text, plainly or encoded: "an access token". */
export function leakIn(text: string, secrets: Secrets): string | undefined {
  for (const [secret, what] of secrets) if (spellings(secret).some((one) => text.includes(one))) return what
}

function spellings(secret: string): readonly string[] {
  // Without its padding: what follows may go on.
  const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '')
  return [secret, encodeURIComponent(secret), base64, base64.replaceAll('+', '-').replaceAll('/', '_')]
}

/** The pair of HTTP Basic as it was sent. */
export function basicPairs(seen: readonly Seen[]): Secrets {
  const pair = ({ headers }: HttpRequest) => /^basic +(.+)$/i.exec(headers.authorization ?? '')?.[1]
  return new Map(seen.flatMap(({ request }) => (pair(request) ? [[pair(request) ?? '', 'the client secret']] : [])))
}
