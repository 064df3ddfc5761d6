import type { AccessToken } from '../store/store.ts'
import type { BearerRefusalKind, Refusal } from '../vocabulary/refusal.ts'
import { isOver, useBefore } from './checks/lifetime.ts'
import { readBasic } from './credentials.ts'
import { render } from './refusal.ts'
import type { Outcome, Visit } from './visit.ts'

/** The token of an Authorization header: after Bearer (RFC 6750 §2.1), or at some APIs the user name of Basic without a password. */
export function tokenIn({ request, environment, route }: Visit): string | undefined {
  const { authorization } = request.headers
  const bearer = /^bearer +(\S.*)$/i.exec(authorization ?? '')?.[1]?.trim()
  if (bearer !== undefined || route.endpoint !== 'api' || !environment.rules.api.tokenAsUser) return bearer
  const { id, secret } = readBasic(authorization)
  return secret === '' ? id : undefined
}

/** The live access token of a request's Authorization header, or why there is none. */
export async function findBearer(visit: Visit): Promise<AccessToken | Refusal<BearerRefusalKind>> {
  const { world, environment, now } = visit
  const about = { parameter: 'authorization' }
  const came = tokenIn(visit)
  if (came === undefined)
    return { kind: 'access_token_missing', ...about, expected: 'Authorization: Bearer <access token>' }
  const token = await world.store.findAccessToken(came)
  if (!token || token.environment !== environment.key) {
    return { kind: 'access_token_unknown', ...about, expected: 'an access token that was issued', came }
  }
  if (token.revoked) return { kind: 'access_token_revoked', ...about, expected: 'an authorization that stands', came }
  if (token.replaced) {
    return {
      kind: 'access_token_replaced',
      ...about,
      rule: 'refresh.token.oldAccessToken',
      expected: 'the newest access token',
      came,
    }
  }
  if (isOver(token, now)) {
    return {
      kind: 'access_token_expired',
      ...about,
      rule: 'token.accessToken.lifetime',
      expected: useBefore(token),
      came,
    }
  }
  return token
}

/** A refusal where a bearer token is presented, in the dialect of the API or of the user information. */
export function refuseBearer({ environment, route }: Visit, refusal: Refusal<BearerRefusalKind>): Outcome {
  const { api, openid } = environment.rules
  const { errors } = route.endpoint === 'user-info' && openid?.userInfo ? openid.userInfo : api
  return { response: render(errors, refusal), refusal }
}
