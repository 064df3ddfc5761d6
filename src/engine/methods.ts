import type { Environment } from '../vocabulary/environment.ts'
import type { EndpointName, Route } from '../vocabulary/routes.ts'
import type { HttpRequest } from '../vocabulary/wire.ts'
import { empty } from './answers.ts'
import type { Outcome } from './visit.ts'

/** The methods that an endpoint takes, as the Allow header lists them (RFC 9110 §10.2.1). */
export const methodsOf = (routes: ReadonlyMap<string, Route>): string =>
  [...routes.keys()].flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ')

/** A refused method's answer names the ones that are taken (RFC 9110 §15.5.6), unless the provider says 404. */
export function withAllow(outcome: Outcome, methods: string): Outcome {
  const { response } = outcome
  if (response.status !== 405) return outcome
  return { ...outcome, response: { ...response, headers: [...response.headers, ['allow', `${methods}, OPTIONS`]] } }
}

/** Where a person's browser goes by itself: scripts of other origins have nothing to do there (RFC 9700 §2.6). */
const forPeople: ReadonlySet<EndpointName> = new Set([
  'authorize',
  'sign-in',
  'sign-up',
  'connected-apps',
  'connected-accounts',
  'error-page',
  'device',
  'logout',
])

/** Whether scripts of other origins may read the answers of an endpoint. */
export const isOpenToScripts = ({ rules }: Environment, endpoint: EndpointName | undefined): boolean =>
  rules.crossOrigin === 'allowed' && (endpoint === undefined || !forPeople.has(endpoint))

/** Answers OPTIONS: the methods, and for a script of another origin whether it may read answers. */
export function preflight(
  { headers }: HttpRequest,
  environment: Environment,
  endpoint: EndpointName,
  allowed: string,
): Outcome {
  const open = isOpenToScripts(environment, endpoint) && headers.origin !== undefined
  const asked = headers['access-control-request-headers']
  return {
    response: empty(204, [
      ['allow', `${allowed}, OPTIONS`],
      ...(open ? ([['access-control-allow-methods', allowed]] as const) : []),
      ...(open && asked ? ([['access-control-allow-headers', asked]] as const) : []),
    ]),
  }
}
