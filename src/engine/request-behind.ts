import { findPushed } from './authorize-attempt.ts'
import { promptingOf } from './checks/prompt.ts'
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

/** Who will sign in, as the authorization request believes, where the provider reads that (OpenID Connect Core §3.1.2.1). */
export async function loginHintBehind(visit: Visit): Promise<string | undefined> {
  const { rules } = visit.environment
  const sent = requestBehind(visit)
  const pushed = await findPushed(visit, sent)
  return promptingOf({ rules, parameters: pushed ? readForm(pushed.query) : sent }).loginHint
}

/** The name of the application that made it, if one did. */
export async function applicationBehind(visit: Visit): Promise<string | undefined> {
  const id = requestBehind(visit).get('client_id')
  return id === undefined ? undefined : (await visit.world.store.findClient(visit.environment.key, id))?.name
}
