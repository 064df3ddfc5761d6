import type { Client } from '../../store/store.ts'
import type { Refusal } from '../../vocabulary/refusal.ts'
import { scopesOf } from '../../vocabulary/scope.ts'
import type { AuthorizeAttempt } from '../authorize-attempt.ts'
import { type DeviceAttempt, deviceScopeSent, deviceScopesAsked } from '../device-attempt.ts'
import { scopeSent, scopesAsked } from '../scope-asked.ts'
import type { TokenAttempt } from '../token-attempt.ts'

const foreignScope = (asked: string, allowed: readonly string[]) =>
  scopesOf(asked).find((one) => !allowed.includes(one))

type ScopeRefusal = Refusal<'scope_missing' | 'scope_not_allowed'>

function areRegistered(asked: readonly string[], client: Client): ScopeRefusal | undefined {
  if (asked.length === 0) return { kind: 'scope_missing', parameter: 'scope', came: 'separators only' }
  const came = asked.find((one) => !client.scopes.includes(one))
  if (came === undefined) return undefined
  return {
    kind: 'scope_not_allowed',
    parameter: 'scope',
    rule: 'client.registration',
    expected: client.scopes.join(' '),
    came,
  }
}

/** Each scope asked for is one that the client is registered with. */
export function scopeIsRegistered({ client, ...request }: AuthorizeAttempt): ScopeRefusal | undefined {
  if (!client || scopeSent(request) === undefined) return undefined
  return areRegistered(scopesAsked(request, client), client)
}

/** The same for a device. */
export function deviceScopeIsRegistered(attempt: DeviceAttempt): ScopeRefusal | undefined {
  const { client } = attempt
  if (!client || deviceScopeSent(attempt) === undefined) return undefined
  return areRegistered(deviceScopesAsked(attempt, client), client)
}

/** The scope of a token request is what the provider wants to see there. */
export function scopeIsExpected({
  parameters,
  grant,
  grantType,
  authorization,
  client,
}: TokenAttempt): Refusal<'scope_mismatch' | 'scope_exceeded' | 'scope_not_allowed'> | undefined {
  const rule = grant?.rules.parameters.scope
  const came = parameters.get('scope')
  if (!rule || rule.presence === 'ignored' || came === undefined) return undefined
  const about = { parameter: 'scope', rule: `${grant.path}.parameters.scope` }
  if (rule.sameAsAuthorized && authorization && came !== authorization.scopeAsked) {
    return { kind: 'scope_mismatch', ...about, expected: authorization.scopeAsked, came }
  }
  const beyond = rule.withinGranted && authorization ? foreignScope(came, scopesOf(authorization.scope)) : undefined
  if (authorization && beyond !== undefined) {
    return { kind: 'scope_exceeded', ...about, expected: `some or all of ${authorization.scope}`, came: beyond }
  }
  const foreign = grantType === 'client_credentials' && client ? foreignScope(came, client.scopes) : undefined
  if (foreign !== undefined) {
    return { kind: 'scope_not_allowed', ...about, expected: client?.scopes.join(' ') ?? '', came: foreign }
  }
  return undefined
}

/** Each scope of the authorization is one that the client is registered with still: support may have taken one away. */
export function scopeIsStillRegistered({
  authorization,
  client,
}: TokenAttempt): Refusal<'scope_withdrawn'> | undefined {
  const came = authorization && client ? foreignScope(authorization.scope, client.scopes) : undefined
  if (came === undefined) return undefined
  const expected = client?.scopes.join(' ') ?? ''
  return { kind: 'scope_withdrawn', parameter: 'scope', rule: 'client.registration', expected, came }
}
