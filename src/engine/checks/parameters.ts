import { isPublic } from '../../store/store.ts'
import type { ParameterRule } from '../../vocabulary/parameter.ts'
import type { Plain } from '../../vocabulary/plain.ts'
import type { Refusal } from '../../vocabulary/refusal.ts'
import type { AuthorizeAttempt } from '../authorize-attempt.ts'
import type { ClientAttempt } from '../client-attempt.ts'
import type { DeviceAttempt } from '../device-attempt.ts'
import type { Parameters } from '../parameters.ts'
import type { TokenAttempt } from '../token-attempt.ts'

type Kind = 'parameter_repeated' | 'parameter_missing' | 'scope_missing'

const isRequired = (rule: ParameterRule | undefined, isPublic: boolean): boolean =>
  rule?.presence === 'required' || (rule?.presence === 'requiredOfConfidential' && !isPublic)

/** No declared parameter comes twice, and each required one is there. */
function areComplete(
  parameters: Parameters,
  rules: Plain<Record<string, ParameterRule>>,
  path: string,
  { besides = [], isPublic = false }: { besides?: readonly string[]; isPublic?: boolean } = {},
): Refusal<Kind> | undefined {
  const repeats = (name: string) => parameters.repeats(name)
  const repeated = besides.find(repeats) ?? Object.keys(rules).find(repeats)
  if (repeated !== undefined) return { kind: 'parameter_repeated', parameter: repeated, expected: 'sent once' }
  for (const name in rules) {
    const rule = rules[name]
    if (!isRequired(rule, isPublic) || parameters.get(name) !== undefined) continue
    const kind = name === 'scope' ? 'scope_missing' : 'parameter_missing'
    return { kind, parameter: name, rule: `${path}.${name}`, expected: rule?.words ?? '', came: 'nothing' }
  }
  return undefined
}

/** A client's request has a body. */
export const bodyIsThere = ({ isEmpty }: ClientAttempt): Refusal<'body_empty'> | undefined =>
  isEmpty ? { kind: 'body_empty', expected: 'the parameters in the body' } : undefined

/** What a client may say who it is with. */
const ofTheClient = ['client_id', 'client_secret', 'client_assertion', 'client_assertion_type']

/** The client's credentials come once (RFC 6749 §3.2). */
export const credentialsComeOnce = ({ parameters }: ClientAttempt): Refusal<'parameter_repeated'> | undefined => {
  const repeated = ofTheClient.find((name) => parameters.repeats(name))
  return repeated === undefined ? undefined : { kind: 'parameter_repeated', parameter: repeated, expected: 'sent once' }
}

/** What the provider requires for this grant type is sent, each parameter once. */
export const tokenParametersAreComplete = ({ parameters, grant, client }: TokenAttempt): Refusal<Kind> | undefined =>
  grant &&
  areComplete(parameters, grant.rules.parameters, `${grant.path}.parameters`, {
    besides: ofTheClient,
    isPublic: client !== undefined && isPublic(client),
  })

/** What the provider requires of a device authorization request is sent, each parameter once. */
export const deviceParametersAreComplete = ({ parameters, rules, client }: DeviceAttempt): Refusal<Kind> | undefined =>
  areComplete(parameters, rules.parameters, 'device.parameters', {
    besides: ofTheClient,
    isPublic: client !== undefined && isPublic(client),
  })

/** What the provider requires of an authorization request is sent, each parameter once and long enough. */
export function authorizeParametersAreComplete({
  parameters,
  rules,
}: AuthorizeAttempt): Refusal<Kind | 'parameter_too_short' | 'parameter_unsupported'> | undefined {
  const refusal = areComplete(parameters, rules.authorize.parameters, 'authorize.parameters')
  if (refusal) return refusal
  for (const [name, { presence, words, atLeast = 0 }] of Object.entries(rules.authorize.parameters)) {
    const came = parameters.get(name)
    if (came !== undefined && presence === 'refused') {
      const rule = `authorize.parameters.${name}`
      return { kind: 'parameter_unsupported', parameter: name, rule, expected: words, came }
    }
    if (came === undefined || came.length >= atLeast) continue
    const expected = `at least ${atLeast} characters`
    return { kind: 'parameter_too_short', parameter: name, rule: `authorize.parameters.${name}`, expected, came }
  }
  return undefined
}

/** `response_type` is the one that the provider has, and is sent where it has to be. */
export function responseTypeIsOffered({
  parameters,
  rules,
}: AuthorizeAttempt): Refusal<'response_type_unsupported' | 'parameter_missing'> | undefined {
  const { response_type } = rules.authorize.parameters
  const came = parameters.get('response_type')
  const expected = response_type?.exactly ?? 'code'
  const about = { parameter: 'response_type', rule: 'authorize.parameters.response_type', expected }
  if (came === undefined) return isRequired(response_type, false) ? { kind: 'parameter_missing', ...about } : undefined
  return came === expected ? undefined : { kind: 'response_type_unsupported', ...about, came }
}
