import type { ResourceRules } from './api.ts'
import type { Milliseconds } from './duration.ts'
import type { Endpoint } from './endpoint.ts'
import type { BearerErrors } from './errors.ts'
import type { Graded } from './evidence.ts'
import type { Json } from './json.ts'

/** OpenID Connect as far as an OAuth client meets it: discovery, keys, and an ID token beside the access token. */
export interface OpenIdRules {
  /** The scope that asks for it. */
  scope: Graded<string>
  /** The document `/.well-known/openid-configuration`; what stands before that in its URL is the issuer. */
  configuration: Graded<Endpoint>
  keys: Graded<Endpoint>
  userInfo?: Graded<UserInfoRules>
  /** The life of an ID token. */
  lifetime: Graded<Milliseconds>
  /** Members of the configuration document besides those that follow from the definition. */
  metadata: Graded<Readonly<Record<string, Json>>>
}

/** Who has signed in, for an access token with the scope that takes (OpenID Connect Core §5.3). */
export interface UserInfoRules extends ResourceRules {
  errors: Graded<BearerErrors>
}
