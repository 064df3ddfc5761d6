import { scopesOf } from '../vocabulary/scope.ts'
import { json } from './answers.ts'
import { findBearer, refuseBearer } from './bearer.ts'
import type { Outcome, Visit } from './visit.ts'
import { writeAnswer } from './writing.ts'

/** A resource of the API, or who has signed in: a small truthful answer for a live token with the scope that it takes. */
export async function resource(visit: Visit): Promise<Outcome> {
  const { route, world, now } = visit
  const token = await findBearer(visit)
  if ('kind' in token) return refuseBearer(visit, token)
  const known = { clientId: token.clientId }
  const grant = await world.store.findGrant(token.grantId)
  if (!('resource' in route) || !grant) return { ...refuseBearer(visit, { kind: 'access_token_unknown' }), ...known }
  const { scope, answer } = route.resource
  if (scope && !scopesOf(token.scope).includes(scope)) {
    const rule = `${route.path}.scope`
    return {
      ...refuseBearer(visit, { kind: 'scope_insufficient', rule, expected: scope, came: token.scope }),
      ...known,
    }
  }
  const client = await world.store.findClient(grant.environment, grant.clientId)
  return { response: json(200, await writeAnswer(world, answer, { grant, client, now, accessToken: token })), ...known }
}
