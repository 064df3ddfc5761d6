import type { ParameterRule } from '../../vocabulary/parameter.ts'
import type { Plain } from '../../vocabulary/plain.ts'
import type { Refusal } from '../../vocabulary/refusal.ts'
import type { AuthorizeAttempt } from '../authorize-attempt.ts'
import type { Parameters } from '../parameters.ts'
import type { TokenAttempt } from '../token-attempt.ts'

type Kind = 'parameter_repeated' | 'parameter_missing' | 'scope_missing'

/** No declared parameter comes twice, and each required one is there. */
function areComplete(
  parameters: Parameters,
  rules: Plain<Record<string, ParameterRule>>,
  path: string,
  besides: readonly string[] = [],
): Refusal<Kind> | undefined {
  for (const name of [...besides, ...Object.keys(rules)]) {
    if (parameters.repeats(name)) return { kind: 'parameter_repeated', parameter: name, expected: 'sent once' }
  }
  for (const name in rules) {
    if (rules[name]?.presence !== 'required' || parameters.get(name) !== undefined) continue
    const kind = name === 'scope' ? 'scope_missing' : 'parameter_missing'
    return { kind, parameter: name, rule: `${path}.${name}`, expected: rules[name].words, came: 'nothing' }
  }
  return undefined
}

/** What the provider requires for this grant type is sent, each parameter once. */
export const tokenParametersAreComplete = ({ parameters, grant }: TokenAttempt): Refusal<Kind> | undefined =>
  grant && areComplete(parameters, grant.rules.parameters, `${grant.path}.parameters`, ['client_id', 'client_secret'])

/** What the provider requires of an authorization request is sent, each parameter once. */
export const authorizeParametersAreComplete = ({ parameters, rules }: AuthorizeAttempt): Refusal<Kind> | undefined =>
  areComplete(parameters, rules.authorize.parameters, 'authorize.parameters')

/** `response_type` is the one that the provider has. */
export function responseTypeIsOffered({
  parameters,
  rules,
}: AuthorizeAttempt): Refusal<'response_type_unsupported'> | undefined {
  const came = parameters.get('response_type')
  const expected = rules.authorize.parameters.response_type?.exactly ?? 'code'
  if (came === undefined || came === expected) return undefined
  const rule = 'authorize.parameters.response_type'
  return { kind: 'response_type_unsupported', parameter: 'response_type', rule, expected, came }
}
