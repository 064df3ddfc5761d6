import type { Refusal } from '../../vocabulary/refusal.ts'
import type { AuthorizeAttempt } from '../authorize-attempt.ts'

/** The way back to the client, where it may choose, is one that the provider has. */
export function responseModeIsOffered({
  parameters,
  rules,
}: AuthorizeAttempt): Refusal<'parameter_malformed'> | undefined {
  const modes: readonly string[] | undefined = rules.authorize.responseModes
  const came = parameters.get('response_mode')
  if (!modes || came === undefined || modes.includes(came)) return undefined
  return {
    kind: 'parameter_malformed',
    parameter: 'response_mode',
    rule: 'authorize.responseModes',
    expected: modes.join(' or '),
    came,
  }
}
