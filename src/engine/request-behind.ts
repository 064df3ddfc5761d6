import { type Parameters, readForm } from './parameters.ts'
import { splitUrl } from './url.ts'
import type { Visit } from './visit.ts'
import { wayBack } from './way-back.ts'

/** The parameters of the authorization request that a page belongs to: the one being made, or the one that the page leads back to. */
export function requestBehind(visit: Visit): Parameters {
  const { endpoint } = visit.route
  const leadsBack = endpoint === 'sign-in' || endpoint === 'sign-up'
  return readForm(leadsBack ? splitUrl(wayBack(visit) ?? '').query : visit.query)
}

/** The name of the application that made it, if one did. */
export async function applicationBehind(visit: Visit): Promise<string | undefined> {
  const id = requestBehind(visit).get('client_id')
  return id === undefined ? undefined : (await visit.world.store.findClient(visit.environment.key, id))?.name
}
