import type { Refusal, TokenRefusalKind } from '../../vocabulary/refusal.ts'
import type { TokenAttempt } from '../token-attempt.ts'
import { isOver, useBefore } from './lifetime.ts'

/** The code was issued to this client. */
export function codeIsOwn({ parameters, code, client }: TokenAttempt): Refusal<'code_of_another_client'> | undefined {
  if (!code || !client || code.clientId === client.id) return undefined
  const came = parameters.get('code')
  return { kind: 'code_of_another_client', parameter: 'code', expected: 'an own code', ...(came && { came }) }
}

/** The code was issued here, is not too old and was never used. */
export function codeIsLive({ parameters, code, grantType, now }: TokenAttempt): Refusal<TokenRefusalKind> | undefined {
  const came = parameters.get('code')
  if (grantType !== 'authorization_code' || came === undefined) return undefined
  const about = { parameter: 'code', came }
  if (!code) return { kind: 'code_unknown', ...about, expected: 'a code that was issued' }
  if (code.spent)
    return { kind: 'code_used', ...about, rule: 'authorize.code.replay', expected: 'a code not used before' }
  if (code.revoked) return { kind: 'code_revoked', ...about, expected: 'an authorization that stands' }
  if (isOver(code, now)) {
    return { kind: 'code_expired', ...about, rule: 'authorize.code.lifetime', expected: useBefore(code) }
  }
  return undefined
}
