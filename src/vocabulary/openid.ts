import type { GradedShape } from './answer.ts'
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
  /** Other names of the same document (RFC 8414 §3). */
  alsoAt?: Graded<readonly Endpoint[]>
  keys: Graded<Endpoint>
  /** What ID tokens can be signed with; the first where a client is registered for none. */
  algorithms: Graded<readonly SigningAlgorithm[]>
  /** The claims of an ID token, in its order. */
  claims: Graded<GradedShape>
  userInfo?: Graded<UserInfoRules>
  /** The life of an ID token. */
  lifetime: Graded<Milliseconds>
  logout?: Graded<LogoutRules>
  /** Members of the configuration document besides those that follow from the definition. */
  metadata: Graded<Readonly<Record<string, Json>>>
}

/** How an ID token is signed (RFC 7518 §3.1, RFC 8037 §3.1). */
export type SigningAlgorithm = 'RS256' | 'ES256' | 'EdDSA'

/** Where a client sends the browser to sign out (OpenID Connect RP-Initiated Logout). */
export interface LogoutRules {
  at: Graded<Endpoint>
}

/** Who has signed in, for an access token with the scope that takes (OpenID Connect Core §5.3). */
export interface UserInfoRules extends ResourceRules {
  /** Other methods or spellings of the same endpoint. */
  alsoAt?: Graded<readonly Endpoint[]>
  errors: Graded<BearerErrors>
}
