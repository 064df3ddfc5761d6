import type { TroubleRefusalKind } from './trouble.ts'

/** Why a request was refused. Finer than the wire, where many of these read the same. */
export interface Refusal<Kind extends string = RefusalKind> {
  readonly kind: Kind
  /** The value of the definition that refused, as a path: `token.exchange.parameters.scope`. */
  readonly rule?: string
  /** The request parameter or header concerned. */
  readonly parameter?: string
  /** What would have been accepted, in words or as a value. Never a live secret. */
  readonly expected?: string
  /** What came. */
  readonly came?: string
  /** The id of the fault that refused, where the request broke no rule. */
  readonly fault?: string
}

/** A request that cannot be read. */
export type RequestRefusalKind =
  | 'method_not_allowed'
  | 'body_too_large'
  | 'body_unreadable'
  | 'media_type_unsupported'
  | 'parameter_repeated'
  | 'parameter_malformed'

/** A client that is not known, not active or not authenticated. */
export type ClientRefusalKind =
  | 'client_missing'
  | 'client_unknown'
  | 'client_inactive'
  | 'client_secret_missing'
  | 'client_secret_wrong'
  | 'client_secret_unexpected'
  | 'client_authentication_malformed'
  | 'client_method_wrong'
  | 'client_method_repeated'
  | 'client_assertion_malformed'
  | 'client_assertion_wrong'
  | 'client_assertion_expired'
  | 'client_assertion_reused'

/** At the token endpoint, and where a client revokes with its own credentials. */
export type TokenRefusalKind =
  | RequestRefusalKind
  | ClientRefusalKind
  | 'body_empty'
  | 'grant_type_missing'
  | 'grant_type_unsupported'
  | 'grant_not_allowed'
  | 'parameter_missing'
  | 'code_unknown'
  | 'code_expired'
  | 'code_used'
  | 'code_revoked'
  | 'code_of_another_client'
  | 'redirect_uri_mismatch'
  | 'verifier_missing'
  | 'verifier_malformed'
  | 'verifier_mismatch'
  | 'verifier_unexpected'
  | 'challenge_lost'
  | 'refresh_token_unknown'
  | 'refresh_token_expired'
  | 'refresh_token_reused'
  | 'refresh_token_revoked'
  | 'refresh_token_of_another_client'
  | 'scope_missing'
  | 'scope_mismatch'
  | 'scope_exceeded'
  | 'scope_withdrawn'
  | 'scope_not_allowed'
  | 'authorization_pending'
  | 'polled_too_soon'
  | 'device_denied'
  | 'device_code_unknown'
  | 'device_code_expired'
  | 'device_code_used'
  | 'device_code_revoked'
  | 'device_code_of_another_client'

/** At the authorization endpoint. */
export type AuthorizeRefusalKind =
  | 'method_not_allowed'
  | 'body_too_large'
  | 'client_missing'
  | 'client_unknown'
  | 'client_inactive'
  | 'redirect_uri_missing'
  | 'redirect_uri_mismatch'
  | 'redirect_uri_insecure'
  | 'parameter_missing'
  | 'parameter_repeated'
  | 'parameter_too_short'
  | 'parameter_malformed'
  | 'parameter_unsupported'
  | 'request_uri_unknown'
  | 'request_uri_expired'
  | 'request_uri_used'
  | 'request_uri_of_another_client'
  | 'response_type_unsupported'
  | 'scope_missing'
  | 'scope_not_allowed'
  | 'grant_not_allowed'
  | 'challenge_missing'
  | 'challenge_malformed'
  | 'challenge_method_unsupported'
  | 'user_not_allowed'
  | 'login_required'
  | 'consent_required'
  | 'access_denied'
  | 'consent_expired'

/** At the API, and wherever a bearer token is presented. */
export type BearerRefusalKind =
  | 'method_not_allowed'
  | 'body_too_large'
  | 'access_token_missing'
  | 'access_token_unknown'
  | 'access_token_expired'
  | 'access_token_replaced'
  | 'access_token_revoked'
  | 'scope_insufficient'

/** At a page for people other than the consent page. */
export type PageRefusalKind =
  | 'method_not_allowed'
  | 'body_too_large'
  | 'sign_in_wrong'
  | 'sign_in_stale'
  | 'return_to_foreign'
  | 'sign_up_wrong'
  | 'owner_unproved'
  | 'error_page_unasked'
  | 'user_code_unknown'
  | 'user_code_used'
  | 'client_inactive'
  | 'user_not_allowed'
  | 'consent_expired'
  | 'logout_hint_wrong'
  | 'logout_uri_unregistered'

/** Every kind; each has an explanation. */
export type RefusalKind =
  | TokenRefusalKind
  | AuthorizeRefusalKind
  | BearerRefusalKind
  | PageRefusalKind
  | TroubleRefusalKind
  | 'endpoint_unknown'
  | 'host_ambiguous'
