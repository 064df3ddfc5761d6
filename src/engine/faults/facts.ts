import type { Refusal, RefusalKind } from '../../vocabulary/refusal.ts'
import { scopesOf } from '../../vocabulary/scope.ts'
import { tokenIn } from '../bearer.ts'
import { methodNames } from '../checks/client.ts'
import type { Visit } from '../visit.ts'
import { credentialsIn, sentIn } from './call.ts'

/** What each kind of refusal is about, by how its name begins. */
const about: readonly (readonly [name: RegExp, parameter: string])[] = [
  [/^code_/, 'code'],
  [/^refresh_(token_|raced)/, 'refresh_token'],
  [/^(device_|authorization_pending|polled_too_soon)/, 'device_code'],
  [/^(verifier_|challenge_lost)/, 'code_verifier'],
  [/^challenge_method/, 'code_challenge_method'],
  [/^challenge_/, 'code_challenge'],
  [/^redirect_uri_/, 'redirect_uri'],
  [/^request_uri_/, 'request_uri'],
  [/^response_type_/, 'response_type'],
  [/^scope_/, 'scope'],
  [/^grant_/, 'grant_type'],
  [/^client_secret_/, 'client_secret'],
  [/^client_assertion_/, 'client_assertion'],
  [/^(client_authentication_|access_token_)/, 'authorization'],
  [/^client_/, 'client_id'],
]

/** The parameter that a refusal names which is about any of them: one that the call has, or should have. */
function anyParameter({ environment, route }: Visit, kind: RefusalKind, grantType: string | undefined): string {
  const { authorize, revoke, token, refresh } = environment.rules
  const rules = Object.entries(authorize.parameters)
  if (kind === 'parameter_too_short') return rules.find(([, { atLeast = 0 }]) => atLeast > 0)?.[0] ?? 'state'
  if (kind === 'parameter_unsupported')
    return rules.find(([, { presence }]) => presence === 'refused')?.[0] ?? 'request'
  if (kind === 'parameter_malformed' && route.endpoint === 'authorize')
    return ['prompt', 'max_age'].find((name) => authorize.parameters[name]) ?? 'response_mode'
  if (route.endpoint === 'authorize' || route.endpoint === 'pushed-request') return 'response_type'
  if (route.endpoint === 'revoke' && revoke && revoke.by !== 'bearer') return revoke.by.parameter
  if (route.endpoint === 'introspect') return 'token'
  const grant = grantType === 'refresh_token' ? refresh : token.exchange
  const asked = Object.entries(grant?.parameters ?? {}).filter(([, { presence }]) => presence === 'required')
  return asked.find(([name]) => name !== 'grant_type')?.[0] ?? 'grant_type'
}

/** A refusal that a fault gives, with what the call itself holds of it, so that its sentences read as real ones. */
export function refusalOf(visit: Visit, kind: RefusalKind, fault: string): Refusal {
  const { environment, request, route } = visit
  const sent = sentIn(visit)
  if (kind === 'method_not_allowed') return { kind, fault, came: request.method }
  const known = about.find(([name]) => name.test(kind))?.[1]
  const parameter =
    known ?? (kind.startsWith('parameter_') ? anyParameter(visit, kind, sent.get('grant_type')) : undefined)
  const isPresented = route.endpoint === 'revoke' && parameter === 'refresh_token'
  const name = isPresented ? anyParameter(visit, kind, undefined) : parameter
  const value = name === 'authorization' ? tokenIn(visit) : name === undefined ? undefined : sent.get(name)
  const scope = scopesOf(value ?? environment.rules.client.defaultScopes.join(' '))[0]
  const came = (name === 'scope' ? scope : value) ?? ''
  const told = name === undefined ? { kind, fault } : { kind, fault, parameter: name }
  if (kind === 'client_method_wrong') {
    const { by } = credentialsIn(visit, sent)
    const other = environment.rules.token.client.find((way) => way !== by) ?? 'basic'
    return { ...told, expected: methodNames[other], came: methodNames[by] }
  }
  if (kind === 'scope_insufficient') {
    const wanted = 'resource' in route ? route.resource.scope : undefined
    return { ...told, expected: wanted ?? scope ?? '' }
  }
  const expected = kind === 'parameter_malformed' ? { expected: 'a string' } : {}
  return { ...told, ...expected, ...(name !== undefined && !kind.endsWith('_missing') && { came }) }
}
