import type { GrantType } from '../../store/store.ts'
import type { AuthorizeRefusalKind, Refusal, TokenRefusalKind } from '../../vocabulary/refusal.ts'
import type { AuthorizeAttempt } from '../authorize-attempt.ts'
import type { TokenAttempt } from '../token-attempt.ts'

/** The grant type is sent, and the provider has it. */
export function grantTypeIsOffered({
  grantType,
  grant,
  grantTypes,
}: TokenAttempt): Refusal<TokenRefusalKind> | undefined {
  const expected = grantTypes.join(' or ')
  if (grantType === undefined) return { kind: 'grant_type_missing', parameter: 'grant_type', expected }
  if (!grant) return { kind: 'grant_type_unsupported', parameter: 'grant_type', expected, came: grantType }
  return undefined
}

/** The client is registered for this grant type; tokens for itself are for a client with a secret (RFC 6749 §4.4). */
export function clientMayUseTheGrant({ client, grantType }: TokenAttempt): Refusal<TokenRefusalKind> | undefined {
  if (!client || grantType === undefined) return undefined
  const usable = client.grantTypes.filter((one) => one !== 'client_credentials' || client.secret !== undefined)
  if (usable.includes(grantType as GrantType)) return undefined
  return { kind: 'grant_not_allowed', parameter: 'grant_type', expected: usable.join(' or '), came: grantType }
}

/** The client is registered for the authorization code grant. */
export function clientMayAskForACode({ client }: AuthorizeAttempt): Refusal<AuthorizeRefusalKind> | undefined {
  if (!client || client.grantTypes.includes('authorization_code')) return undefined
  return { kind: 'grant_not_allowed', expected: 'authorization_code', came: client.grantTypes.join(' ') }
}
