import type { Client } from '../store/store.ts'
import { scopesOf } from '../vocabulary/scope.ts'
import { json } from './answers.ts'
import { findBearer, refuseBearer, tokenIn } from './bearer.ts'
import type { Outcome, Visit } from './visit.ts'
import { type Answered, writeAnswer } from './writing.ts'

/** A resource of the API, or who has signed in: a small truthful answer for a live token with the scope that it takes. */
export async function resource(visit: Visit): Promise<Outcome> {
  const { world, now } = visit
  const owned = await ownAccount(visit)
  if (owned) return open(visit, { grant: owned, client: owned.client, now })
  const token = await findBearer(visit)
  if ('kind' in token) return refuseBearer(visit, token)
  const grant = await world.store.findGrant(token.grantId)
  if (!grant) return { ...refuseBearer(visit, { kind: 'access_token_unknown' }), clientId: token.clientId }
  const client = await world.store.findClient(grant.environment, grant.clientId)
  return open(visit, { grant, client, now, accessToken: token })
}

/** Shows what stands there to one who may see it. */
async function open(visit: Visit, about: Answered): Promise<Outcome> {
  const { route, world } = visit
  const known = { clientId: about.grant.clientId }
  if (!('resource' in route)) return { ...refuseBearer(visit, { kind: 'access_token_unknown' }), ...known }
  if (route.endpoint === 'user-info' && about.grant.userId === undefined) {
    const expected = 'an access token of a person, not of the client itself'
    return { ...refuseBearer(visit, { kind: 'access_token_unknown', parameter: 'authorization', expected }), ...known }
  }
  const { scope, answer } = route.resource
  const came = about.accessToken?.scope ?? about.grant.scope
  if (scope && !scopesOf(came).includes(scope)) {
    const rule = `${route.path}.scope`
    return { ...refuseBearer(visit, { kind: 'scope_insufficient', rule, expected: scope, came }), ...known }
  }
  return { response: json(200, await writeAnswer(world, answer, about)), ...known }
}

/** The account of a client's owner, where the provider's secrets are access tokens and one came as such. */
async function ownAccount(visit: Visit): Promise<(Answered['grant'] & { client: Client }) | undefined> {
  const { environment, world } = visit
  const came = environment.rules.client.secretIsAccessToken ? tokenIn(visit) : undefined
  const client = came === undefined ? undefined : await world.store.findClientBySecret(environment.key, came)
  if (client?.status !== 'active') return undefined
  return { environment: environment.key, clientId: client.id, scope: client.scopes.join(' '), client }
}
