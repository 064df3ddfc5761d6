import type { GradedShape } from './answer.ts'
import type { Milliseconds } from './duration.ts'
import type { Endpoint } from './endpoint.ts'
import type { TokenErrorRows, TokenErrors } from './errors.ts'
import type { Graded } from './evidence.ts'
import type { Format } from './format.ts'
import type { ParameterRule } from './parameter.ts'
import type { RotationPolicy } from './rotation.ts'

/** The token endpoint. */
export interface TokenRules {
  at: Graded<Endpoint>
  alsoAt?: Graded<readonly Endpoint[]>
  /** How a request body may be written: `['form', 'json']`. */
  body: Graded<readonly Graded<BodyEncoding>[]>
  /** Whether parameters in the URL's query count as well; the body wins. */
  readsQuery: Graded<boolean>
  /** In the order in which they are looked for. */
  client: Graded<readonly Graded<ClientAuthentication>[]>
  /** What becomes of id and secret sent in another way: never looked at, or refused as the wrong method. */
  otherClientAuthentication?: Graded<'ignored' | 'refused'>
  /** What becomes of a request that authenticates in two ways at once. Default: the first way counts. */
  severalAuthentications?: Graded<'firstCounts' | 'refused'>
  /** The parameter that asks for tokens of the test mode. */
  testMode?: Graded<{ parameter: string }>
  /** How access tokens look and how long they live. */
  accessToken: AccessTokenRules
  /** `grant_type=authorization_code`. */
  exchange: GrantRules
  /** Headers of every answer, besides Date; a Content-Type stands in for the usual one, and a format is filled in anew each time. */
  headers: Graded<Readonly<Record<string, string | Format>>>
  /** What each refusal looks like: `rfc6749Errors`, or a table that begins with it. */
  errors: Graded<TokenErrors>
  /** Rows in doubt, each group by its own name; they stand in for those of `errors`. */
  errorRows?: Readonly<Record<string, Graded<TokenErrorRows>>>
}

/** How a request body may be written. */
export type BodyEncoding = 'json' | 'form'

/**
 * How a client says who it is.
 *
 * - `body`: `client_id` and `client_secret` (RFC 6749 §2.3.1, client_secret_post); public clients the id alone
 * - `basic`: both in the Authorization header (client_secret_basic)
 * - `idInBody`: `client_id` alone, for public clients (none)
 * - `secretInBody`: `client_secret` alone, which names its client
 * - `privateKeyJwt`: a JWT that the client signs with its own key (RFC 7523 §2.2, private_key_jwt)
 */
export type ClientAuthentication = 'body' | 'basic' | 'idInBody' | 'secretInBody' | 'privateKeyJwt'

/** One grant at the token endpoint: what it reads and what it answers, key by key. */
export interface GrantRules {
  /** What a request may carry, by name; what is not listed is not looked at. */
  parameters: Record<string, Graded<ParameterRule>>
  /** The members of the answer, in the order of the wire. */
  answer: Graded<GradedShape>
}

/** How access tokens look and how long they live. */
export interface AccessTokenRules {
  value: Graded<Format>
  lifetime: Graded<Milliseconds>
}

/** `grant_type=refresh_token`. */
export interface RefreshRules extends GrantRules {
  /** Whether the token endpoint has this grant; refresh tokens are issued all the same. Default: true. */
  offered?: Graded<boolean>
  token: RefreshTokenRules
}

/** How refresh tokens look, how long they live and how they rotate. */
export interface RefreshTokenRules {
  value: Graded<Format>
  lifetime: Graded<Milliseconds>
  /** What becomes of a refresh token that is used. */
  rotation: Graded<RotationPolicy>
  /** Whether a rotated token starts a lifetime of its own, or ends when the first one would have. */
  renewedLifetime: Graded<'whole' | 'remaining'>
  /** What becomes of the access token issued with the old refresh token. */
  oldAccessToken: Graded<'lives' | 'dies'>
  /** The scope that has to be granted for a refresh token to be issued. */
  onlyWithScope?: Graded<string>
}

/** `grant_type=client_credentials`. */
export interface ClientCredentialsRules extends GrantRules {
  /** The life of its access tokens, where it is not that of others. */
  lifetime?: Graded<Milliseconds>
}
