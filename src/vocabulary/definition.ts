import type { AccessRules } from './access.ts'
import type { GradedShape, Leaf, Shape } from './answer.ts'
import type { Milliseconds } from './duration.ts'
import type { Endpoint } from './endpoint.ts'
import type { AuthorizeErrorRows, AuthorizeErrors, BearerErrors, TokenErrorRows, TokenErrors } from './errors.ts'
import type { Graded } from './evidence.ts'
import type { Format } from './format.ts'
import type { Json } from './json.ts'
import type { ParameterRule } from './parameter.ts'
import type { AccessTokenRules, CodeRules, RefreshTokenRules } from './token.ts'
import type { WebhookRules } from './webhook.ts'

/** One provider's documented behaviour, in the order of its page. Data first, functions at the leaves. */
export interface ProviderDefinition {
  /** The provider's name in URLs, flags and files. */
  id: string
  /** The name people know. */
  name: string
  /** The page that a bare value is read from. */
  docs: string
  client: ClientRules
  /** How credentials are applied for, where the provider tells it. */
  access?: Graded<AccessRules>
  /** Known scopes, each in words for the consent page. */
  scopes: Record<string, Graded<string>>
  authorize: AuthorizeRules
  token: TokenRules
  api: ApiRules
  /** ID tokens and discovery (OpenID Connect), where the provider has them. */
  openid?: Graded<OpenIdRules>
  refresh?: RefreshRules
  /** `grant_type=client_credentials`, for clients registered for it. */
  clientCredentials?: Graded<ClientCredentialsRules>
  signIn: Graded<SignInRules>
  /** Where a person without an account makes one on the way. */
  signUp?: Graded<SignUpRules>
  revoke?: Graded<RevokeRules>
  /** The page where a signed-in person sees the applications connected to the account, and disconnects them. */
  connectedApps?: Graded<PageRules>
  /** The page where the owner of a client sees the accounts connected to it, and disconnects them. */
  connectedAccounts?: Graded<ConnectedAccountsRules>
  /** What a client's receiver is told when an account is connected or disconnected. */
  webhooks?: Graded<WebhookRules>
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
  /** Whether each client has a switch that makes the code verifier obligatory; off for the client that exists at the start. */
  pkceSwitch?: Graded<boolean>
  /** What a client may use unless told otherwise; without it codes and, where the provider has them, refresh tokens. */
  defaultGrantTypes?: Graded<readonly ('authorization_code' | 'refresh_token' | 'client_credentials')[]>
}

/** The authorization endpoint. */
export interface AuthorizeRules {
  at: Graded<Endpoint>
  /** Other spellings of the same endpoint. */
  alsoAt?: Graded<readonly Endpoint[]>
  parameters: Record<string, Graded<ParameterRule>>
  /**
   * Where the browser goes when `redirect_uri` is absent: to the first registered one, to the only registered one, or
   * nowhere. One that is sent must always be registered.
   */
  withoutRedirectUri: Graded<'theRegisteredOne' | 'theOnlyOne' | 'refused'>
  /** Whether a registered loopback URI stands for every port (RFC 8252 §7.3). */
  loopbackPorts?: Graded<'exact' | 'any'>
  /** Whether a registered http URI is refused after consent unless it leads to the user's own machine. */
  insecureRedirectUris?: Graded<'allowed' | 'refused'>
  /** What separates the scopes of a request, besides spaces. */
  scopeSeparator?: Graded<','>
  /** Roles that a person may have in the company's account, and whether that role can connect applications. */
  roles?: Graded<Readonly<Record<string, 'allowed' | 'refused'>>>
  /** The methods a `code_challenge` may use; public clients always need one. */
  challengeMethods: Graded<readonly ChallengeMethod[]>
  /** Whether a code challenge of a client with a secret is looked at; a public client's always is. Default: `checked`. */
  pkce?: Graded<'checked' | 'ignored'>
  /**
   * What a further authorization by the same person for the same client is.
   *
   * - `apart`, the default: one that stands by itself
   * - `together`: more tokens for the one that there is; disconnecting ends all of them
   */
  again?: Graded<'apart' | 'together'>
  code: CodeRules
  /** The status of a redirect to the client. */
  redirectStatus?: Graded<302 | 303>
  /** Headers of that redirect, besides Location, Cache-Control and Date. */
  redirectHeaders?: Graded<Readonly<Record<string, string>>>
  /** The provider's own error page, which the browser is sent to with `error` and `error_description`; without it the page is the answer. */
  errorPage?: Graded<Endpoint>
  /** The parameter that chooses the language of the pages, and the languages they have. */
  language?: Graded<{ parameter: string; languages: readonly string[] }>
  /** The parameters added to the redirect URI, in order. */
  callback: Graded<GradedShape>
  errors: Graded<AuthorizeErrors>
  /** Rows in doubt, each group by its own name; they stand in for those of `errors`. */
  errorRows?: Readonly<Record<string, Graded<AuthorizeErrorRows>>>
  /** Whether `state` comes back with an error as well. Default: `returned`. */
  stateOfErrors?: Graded<'returned' | 'leftOut'>
}

/** How a request body may be written. */
export type BodyEncoding = 'json' | 'form'

/** How a code challenge is made from its verifier, as it is spelled on the wire (RFC 7636 §4.3). */
export type ChallengeMethod = 'S256' | 'plain' | 'Plain'

/**
 * How a client says who it is.
 *
 * - `body`: `client_id` and `client_secret` (RFC 6749 §2.3.1, client_secret_post); public clients the id alone
 * - `basic`: both in the Authorization header (client_secret_basic)
 * - `idInBody`: `client_id` alone, for public clients (none)
 * - `secretInBody`: `client_secret` alone, which names its client
 */
export type ClientAuthentication = 'body' | 'basic' | 'idInBody' | 'secretInBody'

/** One grant at the token endpoint: what it reads and what it answers, key by key. */
export interface GrantRules {
  parameters: Record<string, Graded<ParameterRule>>
  /** The members of the answer, in the order of the wire. */
  answer: Graded<GradedShape>
}

/** `grant_type=client_credentials`. */
export interface ClientCredentialsRules extends GrantRules {
  /** The life of its access tokens, where it is not that of others. */
  lifetime?: Graded<Milliseconds>
}

/** The token endpoint. */
export interface TokenRules {
  at: Graded<Endpoint>
  alsoAt?: Graded<readonly Endpoint[]>
  body: Graded<readonly Graded<BodyEncoding>[]>
  /** Whether parameters in the URL's query count as well; the body wins. */
  readsQuery: Graded<boolean>
  /** In the order in which they are looked for. */
  client: Graded<readonly Graded<ClientAuthentication>[]>
  /** What becomes of id and secret sent in another way: never looked at, or refused as the wrong method. */
  otherClientAuthentication?: Graded<'ignored' | 'refused'>
  /** The parameter that asks for tokens of the test mode. */
  testMode?: Graded<{ parameter: string }>
  accessToken: AccessTokenRules
  /** `grant_type=authorization_code`. */
  exchange: GrantRules
  /** Headers of every answer, besides Date; a Content-Type stands in for the usual one, and a format is filled in anew each time. */
  headers: Graded<Readonly<Record<string, string | Format>>>
  errors: Graded<TokenErrors>
  /** Rows in doubt, each group by its own name; they stand in for those of `errors`. */
  errorRows?: Readonly<Record<string, Graded<TokenErrorRows>>>
}

/** `grant_type=refresh_token`. */
export interface RefreshRules extends GrantRules {
  /** Whether the token endpoint has this grant; refresh tokens are issued all the same. Default: true. */
  offered?: Graded<boolean>
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
  at: Graded<Endpoint>
  alsoAt?: Graded<readonly Endpoint[]>
  /**
   * What is presented: the access token itself in the Authorization header, or the client's own credentials, as at the
   * token endpoint, with a token in the named parameter.
   */
  by: Graded<'bearer' | { parameter: string }>
  ends: Graded<'family' | 'accessToken'>
  /** What a token that is not there to be ended gets; `answered` is RFC 7009 §2.2. */
  deadToken?: Graded<'refused' | 'answered'>
  answer: Graded<{ status: number; body?: Json }>
  /** The dialect, where it is not that of the token endpoint. */
  errors?: Graded<TokenErrors>
}

/** Who has signed in, for an access token with the scope that takes (OpenID Connect Core §5.3). */
export interface UserInfoRules extends ResourceRules {
  errors: Graded<BearerErrors>
}

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

/** The page where a person signs in before the consent page. */
export interface SignInRules {
  at: Graded<Endpoint>
  /** Query parameters that carry the way back. */
  carries: { clientId?: string; returnTo: string }
  fields: { email: string; password: string; token: string }
  /** What the page says after a wrong password. */
  failure: string
}

/** The page where a person makes an account. */
export interface SignUpRules {
  at: Graded<Endpoint>
  fields: { name: string; company: string; email: string; password: string; token: string }
}

/** A page for people besides the ones of the flow. */
export interface PageRules {
  at: Graded<Endpoint>
  /** What the provider calls it. */
  title: Graded<string>
}

/** The page of a client's owner. */
export interface ConnectedAccountsRules extends PageRules {
  /** What a connected account is called there. */
  account: Graded<Leaf>
}

/** An environment apart: other hosts, other clients, other tokens. */
export interface EnvironmentRules {
  /** Production origin → this environment's origin. */
  origins: Readonly<Record<string, string>>
  /** Other token endpoints seen for this environment. */
  tokenAlsoAt?: Graded<readonly Endpoint[]>
}
