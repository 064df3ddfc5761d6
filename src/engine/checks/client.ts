import type { AuthorizeRefusalKind, Refusal, TokenRefusalKind } from '../../vocabulary/refusal.ts'
import type { AuthorizeAttempt } from '../authorize-attempt.ts'
import type { TokenAttempt } from '../token-attempt.ts'

/** The authorization request names a registered client. */
export function clientIsNamed({ parameters, client }: AuthorizeAttempt): Refusal<AuthorizeRefusalKind> | undefined {
  const came = parameters.get('client_id')
  if (came === undefined)
    return { kind: 'client_missing', parameter: 'client_id', rule: 'authorize.parameters.client_id' }
  if (!client) return { kind: 'client_unknown', parameter: 'client_id', came, expected: 'a registered client id' }
  return undefined
}

/** The token request comes from a registered client. */
export function clientIsKnown({ credentials, client }: TokenAttempt): Refusal<TokenRefusalKind> | undefined {
  if (credentials.malformed) {
    return { kind: 'client_authentication_malformed', parameter: 'authorization', expected: 'Basic base64(id:secret)' }
  }
  if (credentials.id === undefined) return { kind: 'client_missing', parameter: 'client_id', rule: 'token.client' }
  if (!client) {
    return { kind: 'client_unknown', parameter: 'client_id', came: credentials.id, expected: 'a registered client id' }
  }
  return undefined
}

/** The client's secret is right; a public client sends none. */
export function secretIsRight({ credentials, client }: TokenAttempt): Refusal<TokenRefusalKind> | undefined {
  if (!client) return undefined
  const { secret } = credentials
  if (client.secret === undefined) {
    return secret === undefined ? undefined : { kind: 'client_secret_unexpected', parameter: 'client_secret' }
  }
  if (secret === undefined) return { kind: 'client_secret_missing', parameter: 'client_secret', rule: 'token.client' }
  if (secret !== client.secret) {
    return {
      kind: 'client_secret_wrong',
      parameter: 'client_secret',
      came: secret,
      expected: 'the secret of this client',
    }
  }
  return undefined
}

/** The client is neither waiting for approval nor suspended. */
export const clientIsActive = ({ client }: Pick<TokenAttempt, 'client'>): Refusal<'client_inactive'> | undefined =>
  client && client.status !== 'active'
    ? {
        kind: 'client_inactive',
        rule: 'client.registration',
        expected: 'status active',
        came: `status ${client.status}`,
      }
    : undefined
