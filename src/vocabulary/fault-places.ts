import type { Environment } from './environment.ts'
import type { FaultKind } from './fault.ts'
import type { EndpointName } from './routes.ts'

/** Pages for people: what goes wrong there is no client's to bear. */
const pages: ReadonlySet<EndpointName> = new Set<EndpointName>([
  ...(['sign-in', 'sign-up', 'connected-apps', 'connected-accounts', 'error-page', 'logout', 'device'] as const),
])

/** Where faults can be armed in an environment: its endpoints, and each grant type at the token endpoint. */
export function placesOf({ rules, routes }: Environment): readonly string[] {
  const endpoints = new Set([...routes.values()].flatMap((methods) => [...methods.values()].map((one) => one.endpoint)))
  const { refresh, clientCredentials, device, webhooks } = rules
  const grants = [
    'authorization_code',
    ...(refresh && refresh.offered !== false ? ['refresh_token'] : []),
    ...(clientCredentials ? ['client_credentials'] : []),
    ...(device ? ['urn:ietf:params:oauth:grant-type:device_code'] : []),
  ]
  return [
    ...[...endpoints].filter((name) => !pages.has(name)),
    ...grants.map((grant) => `token:${grant}`),
    ...(webhooks ? ['webhook'] : []),
  ]
}

/** The endpoint of a place: `token` of `token:refresh_token`. */
export const endpointOf = (place: string): string => place.split(':', 1)[0] ?? place

/** The grant type of a place: `refresh_token` of `token:refresh_token`. */
export const grantOf = (place: string): string | undefined => /^token:(.+)$/.exec(place)?.[1]

const documents = ['discovery', 'keys']

/** At which endpoints a kind cannot strike. */
const nowhere: Partial<Record<FaultKind, readonly string[]>> = {
  // These refuse nothing.
  error: documents,
  // The browser is sent on without a body.
  malformed: ['authorize'],
  contentType: ['authorize'],
  // No token is issued there, nor presented.
  expireEarly: ['authorize', 'revoke', 'introspect', 'pushed-request', 'device-authorization', ...documents],
}

/** Whether a kind can strike at a place. */
export const strikesAt = (kind: FaultKind, place: string): boolean => !nowhere[kind]?.includes(endpointOf(place))
