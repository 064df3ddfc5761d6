import { type AccessToken, isPublic, type RefreshToken } from '../store/store.ts'
import { never } from '../vocabulary/duration.ts'
import type { Refusal, TokenRefusalKind } from '../vocabulary/refusal.ts'
import { json } from './answers.ts'
import { clientChecks } from './checks/client.ts'
import { isOver } from './checks/lifetime.ts'
import { type ClientAttempt, gatherClientAttempt } from './client-attempt.ts'
import { issuerIfAny } from './issuer.ts'
import { judge } from './refusal.ts'
import { isSuperseded } from './rotation.ts'
import { refuseToken } from './token-answer.ts'
import { unknownEndpoint } from './unknown.ts'
import type { Outcome, Visit } from './visit.ts'

/** Tells a client that authenticates what a token is good for (RFC 7662 §2). Of a token that is not alive it tells nothing. */
export async function introspect(visit: Visit): Promise<Outcome> {
  const { environment, request, url } = visit
  if (!environment.rules.introspect) return unknownEndpoint(request, url, environment)
  const attempt = await gatherClientAttempt(visit)
  if ('unreadable' in attempt) return refuseToken(visit, attempt.unreadable)
  const { client, parameters } = attempt
  const refusal = judge(attempt, clientChecks) ?? mayAsk(attempt) ?? tokenIsNamed(attempt)
  const value = parameters.get('token')
  if (refusal || !client || value === undefined) {
    return refuseToken(visit, refusal ?? { kind: 'client_unknown', parameter: 'client_id' }, attempt)
  }
  const token = await findLive(visit, value)
  const body = token ? { active: true, ...(await describe(visit, token)) } : { active: false }
  return { response: json(200, body, [['cache-control', 'no-store']]), clientId: client.id }
}

/** Who asks has to authenticate, so that nobody tries tokens out (RFC 7662 §2.1). */
const mayAsk = ({ client }: ClientAttempt): Refusal<TokenRefusalKind> | undefined =>
  client && isPublic(client)
    ? {
        kind: 'client_secret_missing',
        parameter: 'client_id',
        rule: 'introspect',
        expected: 'a client that authenticates',
      }
    : undefined

function tokenIsNamed({ parameters }: ClientAttempt): Refusal<TokenRefusalKind> | undefined {
  const about = { parameter: 'token', rule: 'introspect' }
  if (parameters.repeats('token')) return { kind: 'parameter_repeated', ...about, expected: 'sent once' }
  return parameters.get('token') === undefined
    ? { kind: 'parameter_missing', ...about, expected: 'a token' }
    : undefined
}

type Token = AccessToken | RefreshToken

async function findLive(visit: Visit, value: string): Promise<Token | undefined> {
  const { world, environment, now } = visit
  const token: Token | undefined =
    (await world.store.findAccessToken(value)) ?? (await world.store.findRefreshToken(value))
  if (token?.environment !== environment.key || token.revoked || isOver(token, now)) return undefined
  if ('scope' in token) return token.replaced ? undefined : token
  return (await isSuperseded(visit, token)) ? undefined : token
}

/** The members of RFC 7662 §2.2 that there is something to say of. */
async function describe(visit: Visit, token: Token) {
  const { store } = visit.world
  const grant = await store.findGrant(token.grantId)
  const user = grant?.userId === undefined ? undefined : await store.findUser(grant.userId)
  const issuer = issuerIfAny(visit)
  const inSeconds = (time: number) => Math.floor(time / 1000)
  return {
    scope: 'scope' in token ? token.scope : (grant?.scope ?? ''),
    client_id: token.clientId,
    ...(user && { username: user.email }),
    ...('scope' in token && { token_type: 'Bearer' }),
    ...(token.expiresAt === never ? {} : { exp: inSeconds(token.expiresAt) }),
    iat: inSeconds(token.issuedAt),
    sub: grant?.userId ?? token.clientId,
    aud: token.clientId,
    ...(issuer === undefined ? {} : { iss: issuer }),
  }
}
