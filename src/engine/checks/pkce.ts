import { type Client, isPublic } from '../../store/store.ts'
import type { ProviderDefinition } from '../../vocabulary/definition.ts'
import type { Plain } from '../../vocabulary/plain.ts'
import type { Refusal, TokenRefusalKind } from '../../vocabulary/refusal.ts'
import type { AuthorizeAttempt } from '../authorize-attempt.ts'
import type { TokenAttempt } from '../token-attempt.ts'

const s256 = /^[A-Za-z0-9_-]{43}$/
/** RFC 7636 §4.1. */
const verifier = /^[A-Za-z0-9\-._~]{43,128}$/
const verifierForm = '43 to 128 unreserved characters'

/** Whether this client's challenges are looked at: a public one's always are. */
export const looksAtChallenges = ({ authorize }: Plain<ProviderDefinition>, client: Client | undefined): boolean =>
  authorize.pkce !== 'ignored' || client === undefined || isPublic(client)

type ChallengeRefusal = Refusal<
  'parameter_repeated' | 'challenge_missing' | 'challenge_malformed' | 'challenge_method_unsupported'
>

/** A code challenge is well formed; a public client sends one (RFC 7636 §4.3, RFC 9700 §2.1.1). */
export function challengeIsSound({ parameters, rules, client }: AuthorizeAttempt): ChallengeRefusal | undefined {
  if (client && !looksAtChallenges(rules, client)) return undefined
  const repeated = ['code_challenge', 'code_challenge_method'].find((name) => parameters.repeats(name))
  if (repeated !== undefined) return { kind: 'parameter_repeated', parameter: repeated, expected: 'sent once' }
  const challenge = parameters.get('code_challenge')
  const method = parameters.get('code_challenge_method')
  const methods: readonly string[] = rules.authorize.challengeMethods
  const expected = methods.join(' or ')
  if (challenge === undefined) {
    const missing = { kind: 'challenge_missing', parameter: 'code_challenge' } as const
    if (method !== undefined) return { ...missing, expected: 'a challenge beside its method', came: 'the method alone' }
    if (client !== undefined && isPublic(client))
      return { ...missing, expected: 'a public client sends a code challenge' }
    return rules.authorize.pkce === 'required'
      ? { ...missing, rule: 'authorize.pkce', expected: 'a code challenge in every authorization request' }
      : undefined
  }
  if (!methods.includes(method ?? 'plain')) {
    const came = method ?? 'none, which means plain'
    const rule = 'authorize.challengeMethods'
    return { kind: 'challenge_method_unsupported', parameter: 'code_challenge_method', rule, expected, came }
  }
  const [form, expectedForm] = method === 'S256' ? [s256, '43 base64url characters'] : [verifier, verifierForm]
  if (!form.test(challenge)) {
    return { kind: 'challenge_malformed', parameter: 'code_challenge', expected: expectedForm, came: challenge }
  }
  return undefined
}

/** The verifier belongs to the code's challenge; without a challenge none is sent (RFC 7636 §4.6, RFC 9700 §2.1.1). */
export function verifierMatches({
  parameters,
  code,
  client,
  grant,
  challengeOfVerifier,
}: TokenAttempt): Refusal<TokenRefusalKind> | undefined {
  if (!code) return undefined
  const came = parameters.get('code_verifier')
  const about = { parameter: 'code_verifier' }
  if (code.challengeLost) {
    return { kind: 'challenge_lost', ...about, rule: 'authorize.code.failedVerifier', expected: 'a new authorization' }
  }
  const isRead = grant?.rules.parameters.code_verifier?.presence !== 'ignored'
  if (code.challenge === undefined && came !== undefined && isRead) {
    return {
      kind: 'verifier_unexpected',
      ...about,
      expected: 'no verifier: the authorization request had no challenge',
    }
  }
  if (code.challenge === undefined && !client?.requiresPkce) return undefined
  if (came === undefined) return { kind: 'verifier_missing', ...about, expected: 'the verifier of the challenge' }
  if (!verifier.test(came)) return { kind: 'verifier_malformed', ...about, expected: verifierForm, came }
  if (code.challenge === undefined || challengeOfVerifier !== code.challenge) {
    return { kind: 'verifier_mismatch', ...about, expected: 'the verifier of the challenge', came }
  }
  return undefined
}
