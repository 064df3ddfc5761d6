import type { OpenIdRules } from '../vocabulary/openid.ts'
import type { Plain } from '../vocabulary/plain.ts'
import type { Visit } from './visit.ts'

/** The issuer as a door shows it: its configuration stands below it (OpenID Connect Discovery §4). */
export const issuerOf = (
  { environment, address }: Pick<Visit, 'environment' | 'address'>,
  { configuration }: Plain<OpenIdRules>,
): string => address.publicUrl(environment.urlOf(configuration)).replace('/.well-known/openid-configuration', '')

/** The same, for providers that may have none. */
export const issuerIfAny = (at: Pick<Visit, 'environment' | 'address'>): string | undefined =>
  at.environment.rules.openid && issuerOf(at, at.environment.rules.openid)
