import type { Refusal, TokenRefusalKind } from '../../vocabulary/refusal.ts'
import type { TokenAttempt } from '../token-attempt.ts'
import { isOver, useBefore } from './lifetime.ts'

/** The code was issued here, to this client, is not too old and was never used. */
export function codeIsLive({
  parameters,
  code,
  client,
  grantType,
  now,
}: TokenAttempt): Refusal<TokenRefusalKind> | undefined {
  const came = parameters.get('code')
  if (grantType !== 'authorization_code' || came === undefined) return undefined
  const about = { parameter: 'code', came }
  if (!code) return { kind: 'code_unknown', ...about, expected: 'a code that was issued' }
  if (client && code.clientId !== client.id)
    return { kind: 'code_of_another_client', ...about, expected: 'an own code' }
  if (code.spent)
    return { kind: 'code_used', ...about, rule: 'authorize.code.replay', expected: 'a code not used before' }
  if (code.revoked) return { kind: 'code_revoked', ...about, expected: 'an authorization that stands' }
  if (isOver(code, now)) {
    return { kind: 'code_expired', ...about, rule: 'authorize.code.lifetime', expected: useBefore(code) }
  }
  return undefined
}
