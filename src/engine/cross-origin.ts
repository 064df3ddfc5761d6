import type { Environment } from '../vocabulary/environment.ts'
import type { EndpointName } from '../vocabulary/routes.ts'
import type { HttpRequest } from '../vocabulary/wire.ts'

/** Where a person is at the browser. A script of another origin would read who has an account here, passwords and all. */
const forPeople: ReadonlySet<EndpointName | undefined> = new Set<EndpointName>([
  'authorize',
  'sign-in',
  'sign-up',
  'connected-apps',
  'connected-accounts',
  'error-page',
  'device',
  'logout',
])

/** Whether a script of the origin that a request comes from may read the answer; never where a person is (RFC 9700 §2.6). */
export const opensTo = (
  { headers: { origin } }: HttpRequest,
  environment: Environment | undefined,
  endpoint: EndpointName | undefined,
): boolean => origin !== undefined && environment?.rules.crossOrigin === 'allowed' && !forPeople.has(endpoint)
