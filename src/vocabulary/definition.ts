import type { Shape } from './answer.ts'
import type { Endpoint } from './endpoint.ts'
import type { AuthorizeErrors, BearerErrors, TokenErrors } from './errors.ts'
import type { Graded } from './evidence.ts'
import type { Format } from './format.ts'
import type { Json } from './json.ts'
import type { ParameterRule } from './parameter.ts'
import type { AccessTokenRules, CodeRules, RefreshTokenRules } from './token.ts'

/** One provider's documented behaviour, in the order of its page. Data first, functions at the leaves. */
export interface ProviderDefinition {
  /** The provider's name in URLs, flags and files. */
  id: string
  /** The name people know. */
  name: string
  /** The page that a bare value is read from. */
  docs: string
  client: ClientRules
  /** Known scopes, each in words for the consent page. */
  scopes: Record<string, Graded<string>>
  authorize: AuthorizeRules
  token: TokenRules
  api: ApiRules
  refresh?: RefreshRules
  /** `grant_type=client_credentials`, for clients registered for it: the default client is not. */
  clientCredentials?: Graded<GrantRules>
  signIn: Graded<SignInRules>
  revoke?: Graded<RevokeRules>
  /** Whether scripts of other origins may read answers (CORS). */
  crossOrigin: Graded<'refused' | 'allowed'>
  /** Other environments with clients and tokens of their own, by name: `sandbox`. */
  environments?: Record<string, Graded<EnvironmentRules>>
}

/** What a registered client is made of. */
export interface ClientRules {
  id: Graded<Format>
  secret: Graded<Format>
  /** How a developer comes by credentials, in words. */
  registration: Graded<string>
  /** The scopes of the client that exists at the start. */
  defaultScopes: Graded<readonly string[]>
  /** Whether public clients (no secret, PKCE instead) exist. */
  publicClients: Graded<boolean>
  /** Whether clients may be marked as the provider's own, which see no consent page. */
  firstPartySkipsConsent: Graded<boolean>
}

/** The authorization endpoint. */
export interface AuthorizeRules {
  at: Graded<Endpoint>
  /** Other spellings of the same endpoint. */
  alsoAt?: Graded<readonly Endpoint[]>
  parameters: Record<string, Graded<ParameterRule>>
  /** Where the browser goes when `redirect_uri` is absent. One that is sent must always be registered. */
  withoutRedirectUri: Graded<'theRegisteredOne' | 'refused'>
  /** The methods a `code_challenge` may use; public clients always need one. */
  challengeMethods: Graded<readonly 'S256'[]>
  code: CodeRules
  /** The parameter that chooses the language of the pages, and the languages they have. */
  language?: Graded<{ parameter: string; languages: readonly string[] }>
  /** The parameters added to the redirect URI, in order. */
  callback: Graded<Record<string, Graded<Shape[string]>>>
  errors: Graded<AuthorizeErrors>
}

/** How a request body may be written. */
export type BodyEncoding = 'json' | 'form'

/** Where a client's id and secret may stand. */
export type ClientAuthentication = 'body' | 'basic'

/** One grant at the token endpoint: what it reads and what it answers, key by key. */
export interface GrantRules {
  parameters: Record<string, Graded<ParameterRule>>
  answer: Graded<Shape>
}

/** The token endpoint. */
export interface TokenRules {
  at: Graded<Endpoint>
  alsoAt?: Graded<readonly Endpoint[]>
  body: readonly Graded<BodyEncoding>[]
  /** Whether parameters in the URL's query count as well; the body wins. */
  readsQuery: Graded<boolean>
  /** In the order in which they are looked for. */
  client: readonly Graded<ClientAuthentication>[]
  accessToken: AccessTokenRules
  /** `grant_type=authorization_code`. */
  exchange: GrantRules
  /** Headers of every answer, besides Content-Type and Date. */
  headers: Graded<Readonly<Record<string, string>>>
  errors: Graded<TokenErrors>
}

/** `grant_type=refresh_token`. */
export interface RefreshRules extends GrantRules {
  token: RefreshTokenRules
}

/** One resource of the API that stands in for the provider's. */
export interface ResourceRules {
  at: Graded<Endpoint>
  /** Without it any live token will do. */
  scope?: Graded<string>
  answer: Graded<Shape>
}

/** The API that access tokens are for. */
export interface ApiRules {
  resources: readonly ResourceRules[]
  errors: Graded<BearerErrors>
  /** The answer for a path of the API's host that the mock does not play. */
  unknown: Graded<{ status: number; body: Json }>
}

/** Revocation. */
export interface RevokeRules {
  at: Endpoint
  alsoAt?: readonly Endpoint[]
  /** What is presented. */
  by: 'bearer'
  ends: Graded<'family' | 'accessToken'>
  answer: Graded<{ status: number; body?: Json }>
}

/** The page where a person signs in before the consent page. */
export interface SignInRules {
  at: Endpoint
  /** Query parameters that carry the way back. */
  carries: { clientId: string; returnTo: string }
  fields: { email: string; password: string; token: string }
  /** What the page says after a wrong password. */
  failure: string
}

/** An environment apart: other hosts, other clients, other tokens. */
export interface EnvironmentRules {
  /** Production origin → this environment's origin. */
  origins: Readonly<Record<string, string>>
  /** Other token endpoints seen for this environment. */
  tokenAlsoAt?: Graded<readonly Endpoint[]>
}
