import { deviceGrant, type GrantType, isPublic } from '../../store/store.ts'
import type { AuthorizeRefusalKind, Refusal, TokenRefusalKind } from '../../vocabulary/refusal.ts'
import type { AuthorizeAttempt } from '../authorize-attempt.ts'
import type { ClientAttempt } from '../client-attempt.ts'
import type { TokenAttempt } from '../token-attempt.ts'

/** The grant type is sent, and the provider has it. */
export function grantTypeIsOffered({ grantType, grant, grants }: TokenAttempt): Refusal<TokenRefusalKind> | undefined {
  if (grant) return undefined
  const about = { parameter: 'grant_type', expected: [...grants.keys()].join(' or ') }
  return grantType === undefined
    ? { kind: 'grant_type_missing', ...about }
    : { kind: 'grant_type_unsupported', ...about, came: grantType }
}

/** The client is registered for this grant type; tokens for itself are for a client with a secret (RFC 6749 §4.4). */
export function clientMayUseTheGrant({ client, grantType }: TokenAttempt): Refusal<TokenRefusalKind> | undefined {
  if (!client || grantType === undefined) return undefined
  const isUsable = (one: GrantType) => one !== 'client_credentials' || !isPublic(client)
  if (client.grantTypes.some((one) => one === grantType && isUsable(one))) return undefined
  const usable = client.grantTypes.filter(isUsable)
  return { kind: 'grant_not_allowed', parameter: 'grant_type', expected: usable.join(' or '), came: grantType }
}

const registeredFor = ({ client }: Pick<ClientAttempt, 'client'>, expected: GrantType) =>
  client && !client.grantTypes.includes(expected)
    ? { kind: 'grant_not_allowed' as const, expected, came: client.grantTypes.join(' ') }
    : undefined

/** The client is registered for the authorization code grant. */
export const clientMayAskForACode = (attempt: AuthorizeAttempt): Refusal<AuthorizeRefusalKind> | undefined =>
  registeredFor(attempt, 'authorization_code')

/** The client is registered for the device grant. */
export const clientMayAskForADevice = (attempt: ClientAttempt): Refusal<TokenRefusalKind> | undefined =>
  registeredFor(attempt, deviceGrant)
