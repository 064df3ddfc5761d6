import { scopesOf } from '../../vocabulary/scope.ts'
import { refreshTokenIsLive } from '../checks/refresh-token.ts'
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
  const rotates = rules.token.rotation !== 'none'
  const scope = rules.parameters.scope?.withinGranted ? attempt.parameters.get('scope') : undefined
  const made = makeTokens({
    world,
    environment,
    grant,
    client,
    now,
    exchange,
    withRefreshToken: rotates,
    test: attempt.test,
    scope: scope === undefined ? undefined : scopesOf(scope).join(' '),
    refreshExpiresAt: rules.token.renewedLifetime === 'remaining' ? old.expiresAt : undefined,
  })
  const dies = { spend: rotates, endAccessToken: rules.token.oldAccessToken === 'dies' }
  if (!(await world.store.rotate(old.value, made, dies, { at: now, request: exchange }))) {
    const late = { ...attempt, refreshToken: await world.store.findRefreshToken(old.value) }
    return refuseToken(visit, refreshTokenIsLive(late) ?? unknown, attempt)
  }
  return succeed(visit, attempt, rules.answer, { grant, refreshToken: old, ...made })
}
