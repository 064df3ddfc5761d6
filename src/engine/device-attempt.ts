import type { Client } from '../store/store.ts'
import type { DeviceRules } from '../vocabulary/device.ts'
import type { Plain } from '../vocabulary/plain.ts'
import { scopesOf } from '../vocabulary/scope.ts'
import type { ClientAttempt } from './client-attempt.ts'

/** All that is known about a device authorization request before it is judged. */
export interface DeviceAttempt extends ClientAttempt {
  readonly rules: Plain<DeviceRules>
}

/** The scope parameter, where the provider reads one. */
export const deviceScopeSent = ({
  parameters,
  rules,
}: Pick<DeviceAttempt, 'parameters' | 'rules'>): string | undefined =>
  (rules.parameters.scope?.presence ?? 'ignored') === 'ignored' ? undefined : parameters.get('scope')

/** The single scopes that a device asks for: those sent, else all that its client is registered with. */
export function deviceScopesAsked(
  attempt: Pick<DeviceAttempt, 'parameters' | 'rules'>,
  { scopes }: Pick<Client, 'scopes'>,
): readonly string[] {
  const sent = deviceScopeSent(attempt)
  return sent === undefined ? scopes : [...new Set(scopesOf(sent))]
}
