import { empty, json } from './answers.ts'
import { findBearer, refuseBearer } from './bearer.ts'
import type { Outcome, Visit } from './visit.ts'

/** Revocation by the client, with the access token itself as the credential. */
export async function revoke(visit: Visit): Promise<Outcome> {
  const { world, environment, now, exchange } = visit
  const rules = environment.rules.revoke
  const token = await findBearer(visit)
  if ('kind' in token || !rules) return refuseBearer(visit, 'kind' in token ? token : { kind: 'access_token_unknown' })
  const ending = { at: now, request: exchange }
  const ended =
    rules.ends === 'family'
      ? await world.store.endGrant(token.grantId, 'client', ending)
      : await world.store.endAccessToken(token.value, ending)
  if (!ended) return refuseBearer(visit, { kind: 'access_token_revoked', parameter: 'authorization' })
  const { status, body } = rules.answer
  return { response: body === undefined ? empty(status) : json(status, body), clientId: token.clientId }
}
