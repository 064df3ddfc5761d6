import { ownEndOf } from '../../store/rotation.ts'
import { rotationOf } from '../../vocabulary/rotation.ts'
import { scopesOf } from '../../vocabulary/scope.ts'
import { refreshTokenIsLive, reuseOf } from '../checks/refresh-token.ts'
import { makeTokens } from '../issue.ts'
import { refuseToken, succeed } from '../token-answer.ts'
import type { TokenAttempt } from '../token-attempt.ts'
import type { Outcome, Visit } from '../visit.ts'

const unknown = { kind: 'refresh_token_unknown', parameter: 'refresh_token' } as const

/** Renews with a refresh token that passed every check. The store lets one caller win, however many race. */
export async function refresh(visit: Visit, attempt: TokenAttempt): Promise<Outcome> {
  const { world, environment, now, exchange } = visit
  const { refreshToken: old, client, authorization: grant } = attempt
  const { refresh: rules } = environment.rules
  if (!old || !client || !grant || !rules) return refuseToken(visit, unknown, attempt)
  const rotation = rotationOf(rules.token.rotation)
  const scope = rules.parameters.scope?.withinGranted ? attempt.parameters.get('scope') : undefined
  const made = makeTokens({
    world,
    environment,
    grant,
    client,
    now,
    exchange,
    withRefreshToken: rotation.renewsAt !== 'noUse',
    from: old.value,
    test: attempt.test,
    scope: scope === undefined ? undefined : scopesOf(scope).join(' '),
    refreshExpiresAt: rules.token.renewedLifetime === 'remaining' ? ownEndOf(old) : undefined,
  })
  const how = { rotation, endAccessToken: rules.token.oldAccessToken === 'dies' }
  const brought = await world.store.rotate(old.value, made, how, { at: now, request: exchange })
  if (brought) return succeed(visit, attempt, rules.answer, { grant, ...brought })
  const late = await world.store.findRefreshToken(old.value)
  const reused = late?.rotated && reuseOf(attempt)
  return refuseToken(visit, refreshTokenIsLive({ ...attempt, refreshToken: late }) ?? reused ?? unknown, attempt)
}
