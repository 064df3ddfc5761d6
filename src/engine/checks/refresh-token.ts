import { isUsedUp } from '../../store/rotation.ts'
import type { Refusal, TokenRefusalKind } from '../../vocabulary/refusal.ts'
import { rotationOf } from '../../vocabulary/rotation.ts'
import type { TokenAttempt } from '../token-attempt.ts'
import { isOver, useBefore } from './lifetime.ts'

/** The refresh token was issued to this client. */
export function refreshTokenIsOwn({
  parameters,
  refreshToken,
  client,
}: TokenAttempt): Refusal<'refresh_token_of_another_client'> | undefined {
  if (!refreshToken || !client || refreshToken.clientId === client.id) return undefined
  const came = parameters.get('refresh_token')
  const about = { parameter: 'refresh_token', ...(came && { came }) }
  return { kind: 'refresh_token_of_another_client', ...about, expected: 'an own refresh token' }
}

/** The use of a refresh token that its rotation policy has ended. */
export function reuseOf({ parameters }: Pick<TokenAttempt, 'parameters'>): Refusal<'refresh_token_reused'> {
  const came = parameters.get('refresh_token')
  const about = { parameter: 'refresh_token', ...(came && { came }) }
  return {
    kind: 'refresh_token_reused',
    ...about,
    rule: 'refresh.token.rotation',
    expected: 'the newest refresh token',
  }
}

/** The refresh token was issued here, is not too old and has not been ended by its rotation policy. */
export function refreshTokenIsLive({
  parameters,
  refreshToken,
  authorization,
  grantType,
  refresh: rules,
  now,
}: TokenAttempt): Refusal<TokenRefusalKind> | undefined {
  const came = parameters.get('refresh_token')
  if (grantType !== 'refresh_token' || came === undefined) return undefined
  const about = { parameter: 'refresh_token', came }
  if (!refreshToken) return { kind: 'refresh_token_unknown', ...about, expected: 'a refresh token that was issued' }
  if (refreshToken.revoked || authorization?.ended)
    return { kind: 'refresh_token_revoked', ...about, expected: 'an authorization that stands' }
  const rotation = rules && rotationOf(rules.token.rotation)
  if (rotation && isUsedUp(refreshToken, rotation, now)) return reuseOf({ parameters })
  if (isOver(refreshToken, now)) {
    return {
      kind: 'refresh_token_expired',
      ...about,
      rule: 'refresh.token.lifetime',
      expected: useBefore(refreshToken),
    }
  }
  return undefined
}
