import type { Client } from '../store/store.ts'
import { scopesOf } from '../vocabulary/scope.ts'
import type { AuthorizeAttempt } from './authorize-attempt.ts'

/** The scope parameter of an authorization request, where the provider reads one. */
export function scopeSent({ parameters, rules }: Pick<AuthorizeAttempt, 'parameters' | 'rules'>): string | undefined {
  return rules.authorize.parameters.scope?.presence === 'ignored' ? undefined : parameters.get('scope')
}

/** The single scopes that an authorization request asks for: those sent, else all that the client is registered with. */
export function scopesAsked(
  attempt: Pick<AuthorizeAttempt, 'parameters' | 'rules'>,
  client: Pick<Client, 'scopes'>,
): readonly string[] {
  const sent = scopeSent(attempt)
  const { scopeSeparator } = attempt.rules.authorize
  return sent === undefined ? client.scopes : [...new Set(scopesOf(sent, scopeSeparator))]
}
