import type { Json } from './json.ts'
import type { AuthorizeRefusalKind, BearerRefusalKind, Refusal, TokenRefusalKind } from './refusal.ts'
import type { TroubleRows } from './trouble.ts'

/** A sentence of the wire, fixed or written from the refusal. */
export type Sentence = string | ((refusal: Refusal<string>) => string)

/** How one refusal looks on the wire. */
export interface ErrorRow {
  readonly status: number
  /** The OAuth error code, or the provider's own. */
  readonly error: Sentence
  readonly description?: Sentence
  /** Response headers of this row alone. */
  readonly headers?: Readonly<Record<string, Sentence>>
  /** Stands in for the dialect's body. */
  readonly body?: Json
  /** Stands in for body and headers of the endpoint: a plain text of some server in front, which knows the row's headers alone. */
  readonly text?: string
}

/** A row whose sentences have been written. */
export interface WrittenError {
  readonly error: string
  readonly description?: string
  readonly status: number
}

/** The named steps in which the token endpoint judges a request. */
export type TokenCheck =
  | 'body'
  | 'grant-type'
  | 'client'
  | 'client-method'
  | 'client-secret'
  | 'client-assertion'
  | 'client-status'
  | 'client-grant'
  | 'parameters'
  | 'code-owner'
  | 'code'
  | 'refresh-token-owner'
  | 'refresh-token'
  | 'device-code-owner'
  | 'device-code'
  | 'redirect-uri'
  | 'verifier'
  | 'scope'
  | 'scope-registered'

/** A dialect: what each refusal looks like, in which order requests are judged and which refusal is shown. */
export interface Dialect<Kind extends string> {
  readonly words: string
  readonly rows: Readonly<Record<Kind, ErrorRow>> & TroubleRows<ErrorRow>
  /** Writes the body of every refusal whose row has none of its own. */
  readonly body: (error: WrittenError) => Json
}

/** The dialect of a token endpoint. Steps that `order` leaves out follow in the usual order. */
export interface TokenErrors extends Dialect<TokenRefusalKind> {
  readonly order?: readonly TokenCheck[]
  /** Steps that come first and are all taken even if one refuses; the last refusal among them is shown. */
  readonly lastWins?: readonly TokenCheck[]
  /** A row's replacement where the client authenticated by the Authorization header. */
  readonly byHeader?: Readonly<Partial<Record<TokenRefusalKind, ErrorRow>>>
}

/** Rows that stand in for some of a table's, under words of their own. */
export interface TokenErrorRows {
  readonly words: string
  readonly rows: Readonly<Partial<Record<TokenRefusalKind, ErrorRow>>> & TroubleRows<ErrorRow>
}

/** The same for an authorization endpoint. */
export interface AuthorizeErrorRows {
  readonly words: string
  readonly rows: Readonly<Partial<Record<AuthorizeRefusalKind, AuthorizeErrorRow>>> & TroubleRows<AuthorizeErrorRow>
}

/** The named steps in which the authorization endpoint judges a request. */
export type AuthorizeCheck =
  | 'client'
  | 'pushed-request'
  | 'redirect-uri'
  | 'client-status'
  | 'parameters'
  | 'response-type'
  | 'response-mode'
  | 'prompt'
  | 'client-grant'
  | 'scope'
  | 'challenge'
  | 'redirect-uri-scheme'

/** The dialect of an API and of every endpoint that takes a bearer token. */
export type BearerErrors = Dialect<BearerRefusalKind>

/** Rows that stand in for some of an API's. */
export interface BearerErrorRows {
  readonly words: string
  readonly rows: Readonly<Partial<Record<BearerRefusalKind, ErrorRow>>> & TroubleRows<ErrorRow>
}

/** What happens to the browser: an error page, a page right here where the error page is elsewhere, or back to a registered redirect URI with these parameters. */
export interface AuthorizeErrorRow {
  readonly to: 'page' | 'here' | 'client'
  readonly error: Sentence
  readonly description?: Sentence
}

/** A row of an authorization endpoint whose sentences have been written, with what goes back to the client. */
export interface WrittenAuthorizeError {
  readonly error: string
  readonly description?: string
  /** As the client sent it. */
  readonly state?: string
  /** Who answers (RFC 9207), where the provider has an issuer. */
  readonly issuer?: string
}

/** The error table of an authorization endpoint. */
export interface AuthorizeErrors {
  readonly words: string
  readonly rows: Readonly<Record<AuthorizeRefusalKind, AuthorizeErrorRow>> & TroubleRows<AuthorizeErrorRow>
  /** The parameters added to the redirect URI, in order; `undefined` leaves one out. */
  readonly callback: (error: WrittenAuthorizeError) => Readonly<Record<string, string | undefined>>
  /** Steps that `order` leaves out follow in the usual order. */
  readonly order?: readonly AuthorizeCheck[]
  /** Steps that are taken only when the person has approved. */
  readonly afterConsent?: readonly ('challenge' | 'redirect-uri-scheme')[]
}
