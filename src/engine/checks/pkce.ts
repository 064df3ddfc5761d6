import type { Refusal, TokenRefusalKind } from '../../vocabulary/refusal.ts'
import type { AuthorizeAttempt } from '../authorize-attempt.ts'
import type { TokenAttempt } from '../token-attempt.ts'

type ChallengeRefusal = Refusal<'challenge_missing' | 'challenge_malformed' | 'challenge_method_unsupported'>

/** A code challenge is well formed; a public client sends one (RFC 7636 §4.3, RFC 9700 §2.1.1). */
export function challengeIsSound({ parameters, rules, client }: AuthorizeAttempt): ChallengeRefusal | undefined {
  const challenge = parameters.get('code_challenge')
  const method = parameters.get('code_challenge_method')
  const methods: readonly string[] = rules.authorize.challengeMethods
  const expected = methods.join(' or ')
  if (challenge === undefined) {
    const missing = { kind: 'challenge_missing', parameter: 'code_challenge' } as const
    if (method !== undefined) return { ...missing, expected: 'a challenge beside its method', came: 'the method alone' }
    const isPublic = client !== undefined && client.secret === undefined
    return isPublic ? { ...missing, expected: 'a public client sends a code challenge' } : undefined
  }
  if (!methods.includes(method ?? 'plain')) {
    const came = method ?? 'none, which means plain'
    const rule = 'authorize.challengeMethods'
    return { kind: 'challenge_method_unsupported', parameter: 'code_challenge_method', rule, expected, came }
  }
  if (!/^[A-Za-z0-9_-]{43}$/.test(challenge)) {
    return {
      kind: 'challenge_malformed',
      parameter: 'code_challenge',
      expected: '43 base64url characters',
      came: challenge,
    }
  }
  return undefined
}

/** The verifier belongs to the code's challenge; without a challenge none is sent (RFC 7636 §4.6, RFC 9700 §2.1.1). */
export function verifierMatches({
  parameters,
  code,
  challengeOfVerifier,
}: TokenAttempt): Refusal<TokenRefusalKind> | undefined {
  if (!code) return undefined
  const came = parameters.get('code_verifier')
  const about = { parameter: 'code_verifier' }
  if (code.challenge === undefined) {
    return came === undefined
      ? undefined
      : { kind: 'verifier_unexpected', ...about, expected: 'no verifier: the authorization request had no challenge' }
  }
  if (came === undefined) return { kind: 'verifier_missing', ...about, expected: 'the verifier of the challenge' }
  if (!/^[A-Za-z0-9\-._~]{43,128}$/.test(came)) {
    return { kind: 'verifier_malformed', ...about, expected: '43 to 128 unreserved characters', came }
  }
  if (challengeOfVerifier !== code.challenge) {
    return { kind: 'verifier_mismatch', ...about, expected: 'the verifier of the challenge', came }
  }
  return undefined
}
