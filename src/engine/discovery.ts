import type { ProviderDefinition } from '../vocabulary/definition.ts'
import type { OpenIdRules } from '../vocabulary/openid.ts'
import type { Plain } from '../vocabulary/plain.ts'
import type { Refusal } from '../vocabulary/refusal.ts'
import { empty, json } from './answers.ts'
import { methodNames } from './checks/client.ts'
import { grantsOf } from './grants/grants.ts'
import { signingKeyOf } from './signing-key.ts'
import { unknownEndpoint } from './unknown.ts'
import type { Outcome, Visit } from './visit.ts'

/** The issuer as this door shows it: its configuration stands below it (OpenID Connect Discovery §4). */
export const issuerOf = (
  { environment, address }: Pick<Visit, 'environment' | 'address'>,
  { configuration }: Plain<OpenIdRules>,
): string => address.publicUrl(environment.urlOf(configuration)).replace('/.well-known/openid-configuration', '')

/** The configuration document (OpenID Connect Discovery §3): what follows from the definition, then what it adds. */
export async function discovery(visit: Visit): Promise<Outcome> {
  const { environment, address, request, url } = visit
  const { rules, urlOf } = environment
  const { openid, authorize, token, revoke } = rules
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
    id_token_signing_alg_values_supported: ['RS256'],
    ...(revoke && { revocation_endpoint: shown(revoke.at) }),
    code_challenge_methods_supported: authorize.challengeMethods,
    ...openid.metadata,
  }
  return { response: json(200, document) }
}

const authenticationOf = ({ client }: Plain<ProviderDefinition>['token']): string[] => [
  ...new Set(client.map((way) => methodNames[way])),
]

/** The keys that ID tokens are signed with, as anyone may see them (RFC 7517 §5). */
export async function signingKeys({ world, environment }: Visit): Promise<Outcome> {
  return { response: json(200, { keys: [signingKeyOf(world, environment).shown] }) }
}

/** A request that a document cannot be asked for with. */
export const refuseDocument = (_: Visit, refusal: Refusal<'method_not_allowed' | 'body_too_large'>): Outcome => ({
  response: empty(refusal.kind === 'body_too_large' ? 413 : 405),
  refusal,
})
