import type { Call } from '../../world/faults.ts'
import { tokenIn } from '../bearer.ts'
import { readCredentials } from '../credentials.ts'
import { either, type Parameters, readBody, readForm } from '../parameters.ts'
import type { Visit } from '../visit.ts'

/** What came with a call, whatever the provider takes. */
export function sentIn({ request, query }: Visit): Parameters {
  const body = readBody(request, ['form', 'json'])
  const inQuery = readForm(query)
  return 'unreadable' in body ? inQuery : either(body, inQuery)
}

/** How a client shows who it is in a call, whether or not it is right. */
export const credentialsIn = ({ request, environment }: Visit, sent: Parameters) =>
  readCredentials(request, sent, environment.rules.token.client, true)

/** What can be read of a call before anything is judged. */
export async function callOf(visit: Visit): Promise<Call> {
  const { environment, route } = visit
  const sent = sentIn(visit)
  return {
    environment: environment.key,
    provider: environment.provider,
    endpoint: route.endpoint,
    grantType: sent.get('grant_type'),
    clientId: sent.get('client_id') ?? (await clientIn(visit, sent)),
  }
}

/** The client whose credentials or access token came. */
async function clientIn(visit: Visit, sent: Parameters): Promise<string | undefined> {
  const { store } = visit.world
  const { id, by, secret } = credentialsIn(visit, sent)
  if (id !== undefined && by !== 'secretInBody') return id
  const owner = secret === undefined ? undefined : await store.findClientBySecret(visit.environment.key, secret)
  if (owner) return owner.id
  const token = tokenIn(visit)
  return token === undefined ? undefined : (await store.findAccessToken(token))?.clientId
}
