import type { AccessToken, RefreshToken } from '../store/store.ts'
import type { Plain } from '../vocabulary/plain.ts'
import type { Refusal, TokenRefusalKind } from '../vocabulary/refusal.ts'
import type { RevokeRules } from '../vocabulary/revoke.ts'
import { empty, json } from './answers.ts'
import { findBearer, refuseBearer } from './bearer.ts'
import { clientChecks } from './checks/client.ts'
import { isOver, useBefore } from './checks/lifetime.ts'
import { type ClientAttempt, gatherClientAttempt } from './client-attempt.ts'
import { disconnect } from './connection.ts'
import { judge } from './refusal.ts'
import { isSuperseded } from './rotation.ts'
import { refuseToken } from './token-answer.ts'
import type { Outcome, Visit } from './visit.ts'

type Rules = Plain<RevokeRules>

/** Revocation by the client: with the access token itself as the credential, or with the client's own. */
export async function revoke(visit: Visit): Promise<Outcome> {
  const rules = visit.environment.rules.revoke
  if (!rules) return refuseBearer(visit, { kind: 'access_token_unknown' })
  return rules.by === 'bearer' ? revokeBearer(visit, rules) : revokeForClient(visit, rules, rules.by.parameter)
}

/** How a revocation is refused, by what is presented. */
export function refuseRevoke(visit: Visit, refusal: Refusal<'method_not_allowed' | 'body_too_large'>): Outcome {
  const rules = visit.environment.rules.revoke
  return rules && rules.by !== 'bearer' ? refuse(visit, rules, refusal) : refuseBearer(visit, refusal)
}

const refuse = (visit: Visit, rules: Rules, refusal: Refusal<TokenRefusalKind>, attempt?: ClientAttempt): Outcome =>
  refuseToken(visit, refusal, attempt, rules.errors)

const done = ({ answer: { status, body } }: Rules, clientId: string): Outcome => ({
  response: body === undefined ? empty(status) : json(status, body),
  clientId,
})

/** Ends what the provider ends: the whole family, or the access token alone; a refresh token takes the family along (RFC 7009 §2.1). False when it had ended before. */
async function end({ world, now, exchange }: Visit, { ends }: Rules, token: AccessToken | RefreshToken) {
  const ending = { at: now, request: exchange }
  return ends === 'family' || 'accessToken' in token
    ? disconnect(world, token.grantId, 'client', ending)
    : world.store.endAccessToken(token.value, ending)
}

async function revokeBearer(visit: Visit, rules: Rules): Promise<Outcome> {
  const token = await findBearer(visit)
  if ('kind' in token) return refuseBearer(visit, token)
  if (await end(visit, rules, token)) return done(rules, token.clientId)
  return refuseBearer(visit, { kind: 'access_token_revoked', parameter: 'authorization' })
}

async function revokeForClient(visit: Visit, rules: Rules, parameter: string): Promise<Outcome> {
  const attempt = await gatherClientAttempt(visit)
  if ('unreadable' in attempt) return refuse(visit, rules, attempt.unreadable)
  const { parameters, client } = attempt
  const came = parameters.get(parameter)
  const refusal = judge(attempt, clientChecks) ?? tokenIsNamed(attempt, parameter)
  if (refusal || !client || came === undefined) {
    return refuse(visit, rules, refusal ?? { kind: 'client_unknown', parameter: 'client_id' }, attempt)
  }
  const dead = await endOwn(visit, rules, client.id, parameter, came)
  return dead && isTold(rules, dead) ? refuse(visit, rules, dead, attempt) : done(rules, client.id)
}

/** Whether the client hears that there was nothing to end. */
const isTold = ({ deadToken, foreignToken = deadToken }: Rules, { kind }: Refusal): boolean =>
  (kind === 'refresh_token_of_another_client' ? foreignToken : deadToken) !== 'answered'

/** A token is presented, once. */
function tokenIsNamed(
  { parameters }: ClientAttempt,
  parameter: string,
): Refusal<'parameter_repeated' | 'parameter_missing'> | undefined {
  if (parameters.repeats(parameter)) return { kind: 'parameter_repeated', parameter, expected: 'sent once' }
  if (parameters.get(parameter) !== undefined) return undefined
  const expected = 'a token that was issued to this client'
  return { kind: 'parameter_missing', parameter, rule: 'revoke.by', expected }
}

/** Ends the client's own live token of that value, or says why there is none. */
async function endOwn(
  visit: Visit,
  rules: Rules,
  clientId: string,
  parameter: string,
  came: string,
): Promise<Refusal<TokenRefusalKind> | undefined> {
  const token = await findLive(visit, clientId, parameter, came)
  if ('kind' in token) return token
  return (await end(visit, rules, token)) ? undefined : { kind: 'refresh_token_revoked', parameter, came }
}

/** The client's own live token of that value, or why there is none. A parameter named `refresh_token` takes no other. */
async function findLive(
  visit: Visit,
  clientId: string,
  parameter: string,
  came: string,
): Promise<AccessToken | RefreshToken | Refusal<TokenRefusalKind>> {
  const { environment, now } = visit
  const { store } = visit.world
  const about = { parameter, came }
  const found =
    (await store.findRefreshToken(came)) ??
    (parameter === 'refresh_token' ? undefined : await store.findAccessToken(came))
  if (!found || found.environment !== environment.key) {
    return { kind: 'refresh_token_unknown', ...about, expected: 'a token that was issued' }
  }
  if (found.clientId !== clientId)
    return { kind: 'refresh_token_of_another_client', ...about, expected: 'an own token' }
  if (found.revoked) return { kind: 'refresh_token_revoked', ...about, expected: 'an authorization that stands' }
  if ('replaced' in found && found.replaced)
    return { kind: 'refresh_token_revoked', ...about, expected: 'the newest access token' }
  if ('accessToken' in found && (await isSuperseded(visit, found)))
    return { kind: 'refresh_token_reused', ...about, expected: 'the newest refresh token' }
  if (isOver(found, now)) return { kind: 'refresh_token_expired', ...about, expected: useBefore(found) }
  return found
}
