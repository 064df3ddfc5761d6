import type { Call } from '../../world/faults.ts'
import { readBasic } from '../credentials.ts'
import { either, readBody, readForm } from '../parameters.ts'
import type { Visit } from '../visit.ts'

/** What can be read of a call before anything is judged, whatever the provider takes. */
export function callOf({ request, query, environment, route }: Visit): Call {
  const inQuery = readForm(query)
  const body = readBody(request, ['form', 'json'])
  const parameters = 'unreadable' in body ? inQuery : either(body, inQuery)
  return {
    environment: environment.key,
    provider: environment.provider,
    endpoint: route.endpoint,
    grantType: parameters.get('grant_type'),
    clientId: parameters.get('client_id') ?? readBasic(request.headers.authorization).id,
  }
}
