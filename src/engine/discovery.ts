import type { ProviderDefinition } from '../vocabulary/definition.ts'
import type { Plain } from '../vocabulary/plain.ts'
import type { Refusal } from '../vocabulary/refusal.ts'
import { empty, json } from './answers.ts'
import { methodNames } from './checks/client.ts'
import { assertionAlgorithms } from './client-assertion.ts'
import { grantsOf } from './grants/grants.ts'
import { issuerOf } from './issuer.ts'
import { shownKeys } from './signing-key.ts'
import { unknownEndpoint } from './unknown.ts'
import type { Outcome, Visit } from './visit.ts'

/** The configuration document (OpenID Connect Discovery §3): what follows from the definition, then what it adds. */
export async function discovery(visit: Visit): Promise<Outcome> {
  const { environment, address, request, url } = visit
  const { rules, urlOf } = environment
  const { openid, authorize, token, revoke, introspect, pushedRequests, device } = rules
  if (!openid) return unknownEndpoint(request, url, environment)
  const shown = (at: Parameters<typeof urlOf>[0]) => address.publicUrl(urlOf(at))
  const document = {
    issuer: issuerOf(visit, openid),
    authorization_endpoint: shown(authorize.at),
    token_endpoint: shown(token.at),
    jwks_uri: shown(openid.keys),
    subject_types_supported: ['public'],
    response_types_supported: ['code'],
    grant_types_supported: [...grantsOf(environment).keys()],
    ...(openid.userInfo && { userinfo_endpoint: shown(openid.userInfo.at) }),
    scopes_supported: Object.keys(rules.scopes),
    token_endpoint_auth_methods_supported: authenticationOf(token),
    ...(token.client.includes('privateKeyJwt') && {
      token_endpoint_auth_signing_alg_values_supported: assertionAlgorithms,
    }),
    id_token_signing_alg_values_supported: openid.algorithms,
    ...(revoke && { revocation_endpoint: shown(revoke.at) }),
    ...(introspect && { introspection_endpoint: shown(introspect.at) }),
    ...(pushedRequests && { pushed_authorization_request_endpoint: shown(pushedRequests.at) }),
    ...(device && { device_authorization_endpoint: shown(device.at) }),
    ...(openid.logout && { end_session_endpoint: shown(openid.logout.at) }),
    code_challenge_methods_supported: authorize.challengeMethods,
    ...(authorize.responseModes && { response_modes_supported: authorize.responseModes }),
    ...(authorize.callback.iss !== undefined && { authorization_response_iss_parameter_supported: true }),
    ...openid.metadata,
  }
  return { response: json(200, document) }
}

const authenticationOf = ({ client }: Plain<ProviderDefinition>['token']): string[] => [
  ...new Set(client.map((way) => methodNames[way])),
]

/** The keys that ID tokens are signed with, as anyone may see them (RFC 7517 §5). */
export async function signingKeys({ world, environment }: Visit): Promise<Outcome> {
  return { response: json(200, { keys: await shownKeys(world, environment) }) }
}

/** A request that a document cannot be asked for with. */
export const refuseDocument = (_: Visit, refusal: Refusal<'method_not_allowed' | 'body_too_large'>): Outcome => ({
  response: empty(refusal.kind === 'body_too_large' ? 413 : 405),
  refusal,
})
