import type {
  AuthorizeErrorRow,
  AuthorizeErrorRows,
  AuthorizeErrors,
  ErrorRow,
  Sentence,
  TokenErrors,
  WrittenError,
} from './errors.ts'
import type { Json } from './json.ts'

/** `{"error", "error_description"}` (RFC 6749 §5.2). */
export const errorPair = ({ error, description }: WrittenError): Json => ({ error, error_description: description })

const bad = (error: string, description: Sentence): ErrorRow => ({ status: 400, error, description })
const unauthenticated = (description: string): ErrorRow => ({ status: 401, error: 'invalid_client', description })
const challenged = (description: string): ErrorRow => ({
  ...unauthenticated(description),
  headers: { 'www-authenticate': 'Basic realm="oauth"' },
})

/**
 * RFC 6749 §5.2: the codes and statuses are the RFC's, the descriptions are ours.
 * The table is total: a new refusal kind does not compile until it has a row here.
 */
export const rfc6749Errors: TokenErrors = {
  words: 'RFC 6749 §5.2: the keys error and error_description',
  body: errorPair,
  byHeader: {
    client_unknown: challenged('Unknown client'),
    client_secret_wrong: challenged('Wrong client secret'),
    client_authentication_malformed: challenged('Unreadable Authorization header'),
    client_method_wrong: challenged('The client authenticates in another way'),
  },
  rows: {
    method_not_allowed: { status: 405, error: 'invalid_request', description: 'This endpoint takes POST' },
    body_too_large: { status: 413, error: 'invalid_request', description: 'The body is too large' },
    body_unreadable: bad('invalid_request', 'The body cannot be read as its content type says'),
    media_type_unsupported: bad('invalid_request', 'The content type of the body is not supported'),
    parameter_repeated: bad('invalid_request', (r) => `The parameter ${r.parameter} is sent more than once`),
    parameter_malformed: bad('invalid_request', (r) => `The parameter ${r.parameter} must be ${r.expected}`),
    parameter_missing: bad('invalid_request', (r) => `The parameter ${r.parameter} is missing`),
    client_missing: unauthenticated('The client did not authenticate'),
    client_unknown: unauthenticated('Unknown client'),
    client_inactive: bad('unauthorized_client', 'The client is not active'),
    client_secret_missing: unauthenticated('The client secret is missing'),
    client_secret_wrong: unauthenticated('Wrong client secret'),
    client_secret_unexpected: unauthenticated('A public client has no secret'),
    client_authentication_malformed: unauthenticated('Unreadable Authorization header'),
    client_method_wrong: unauthenticated('The client authenticates in another way'),
    client_method_repeated: bad('invalid_request', 'The client authenticates in more than one way'),
    client_assertion_malformed: unauthenticated('The client assertion cannot be read'),
    client_assertion_wrong: unauthenticated('The client assertion does not prove who the client is'),
    client_assertion_expired: unauthenticated('The client assertion has expired'),
    client_assertion_reused: unauthenticated('The client assertion has already been used'),
    body_empty: bad('invalid_request', 'The body is empty'),
    grant_type_missing: bad('invalid_request', 'The parameter grant_type is missing'),
    grant_type_unsupported: bad('unsupported_grant_type', 'The grant type is not supported'),
    grant_not_allowed: bad('unauthorized_client', 'The client may not use this grant type'),
    code_unknown: bad('invalid_grant', 'The authorization code is not valid'),
    code_expired: bad('invalid_grant', 'The authorization code has expired'),
    code_used: bad('invalid_grant', 'The authorization code has already been used'),
    code_revoked: bad('invalid_grant', 'The authorization has been revoked'),
    code_of_another_client: bad('invalid_grant', 'The authorization code was issued to another client'),
    redirect_uri_mismatch: bad('invalid_grant', 'The redirect URI is not the one of the authorization request'),
    verifier_missing: bad('invalid_grant', 'The code verifier is missing'),
    verifier_malformed: bad('invalid_grant', 'The code verifier is not 43 to 128 unreserved characters'),
    verifier_mismatch: bad('invalid_grant', 'The code verifier does not match the code challenge'),
    verifier_unexpected: bad('invalid_grant', 'A code verifier came for a code without a code challenge'),
    challenge_lost: bad('invalid_grant', 'A wrong code verifier has spent the code challenge'),
    refresh_token_unknown: bad('invalid_grant', 'The refresh token is not valid'),
    refresh_token_expired: bad('invalid_grant', 'The refresh token has expired'),
    refresh_token_reused: bad('invalid_grant', 'The refresh token has already been used'),
    refresh_token_revoked: bad('invalid_grant', 'The refresh token has been revoked'),
    refresh_token_of_another_client: bad('invalid_grant', 'The refresh token was issued to another client'),
    scope_missing: bad('invalid_request', 'The parameter scope is missing'),
    scope_mismatch: bad('invalid_scope', 'The scope is not the one of the authorization request'),
    scope_exceeded: bad('invalid_scope', 'The scope was not granted'),
    scope_withdrawn: bad('invalid_scope', 'The client no longer has every scope of the authorization'),
    scope_not_allowed: bad('invalid_scope', 'The client may not ask for this scope'),
    authorization_pending: bad('authorization_pending', 'The person has not decided yet'),
    polled_too_soon: bad('slow_down', 'The client polls too often'),
    device_denied: bad('access_denied', 'The person denied the request'),
    device_code_unknown: bad('invalid_grant', 'The device code is not valid'),
    device_code_expired: bad('expired_token', 'The device code has expired'),
    device_code_used: bad('invalid_grant', 'The device code has already been used'),
    device_code_revoked: bad('invalid_grant', 'The authorization has been revoked'),
    device_code_of_another_client: bad('invalid_grant', 'The device code was issued to another client'),
  },
}

const page = (error: string, description: Sentence): AuthorizeErrorRow => ({ to: 'page', error, description })
const back = (error: Sentence, description: Sentence): AuthorizeErrorRow => ({ to: 'client', error, description })

/** `error`, `error_description` and, if one was sent, `state` (RFC 6749 §4.1.2.1). */
export const errorCallback: AuthorizeErrors['callback'] = ({ error, description, state }) => ({
  error,
  error_description: description,
  state,
})

/** The same, and `iss` (RFC 9207 §2). */
export const errorCallbackWithIssuer: AuthorizeErrors['callback'] = ({ issuer, ...told }) => ({
  ...errorCallback(told),
  iss: issuer,
})

/** RFC 6749 §4.1.2.1: a page where the client or its redirect URI is in doubt, else back to the client. */
export const rfc6749AuthorizeErrors: AuthorizeErrors = {
  words: 'RFC 6749 §4.1.2.1: an error page for an unknown client or redirect URI, else back to the client',
  callback: errorCallback,
  rows: {
    method_not_allowed: page('invalid_request', 'The authorization endpoint takes GET'),
    body_too_large: page('invalid_request', 'The body is too large'),
    client_missing: page('invalid_request', 'The parameter client_id is missing'),
    client_unknown: page('invalid_client', 'Unknown client'),
    client_inactive: page('unauthorized_client', 'The client is not active'),
    redirect_uri_missing: page('invalid_request', 'The parameter redirect_uri is missing'),
    redirect_uri_mismatch: page('invalid_request', 'The redirect URI is not registered for this client'),
    redirect_uri_insecure: back('invalid_request', 'The redirect URI is not secure'),
    parameter_missing: back('invalid_request', (r) => `The parameter ${r.parameter} is missing`),
    parameter_repeated: back('invalid_request', (r) => `The parameter ${r.parameter} is sent more than once`),
    parameter_too_short: back('invalid_request', (r) => `The parameter ${r.parameter} is too short`),
    parameter_malformed: back('invalid_request', (r) => `The parameter ${r.parameter} is malformed`),
    parameter_unsupported: back(
      (r) => `${r.parameter}_not_supported`,
      (r) => `The parameter ${r.parameter} is not supported`,
    ),
    request_uri_unknown: page('invalid_request_uri', 'The request URI is not valid'),
    request_uri_expired: page('invalid_request_uri', 'The request URI has expired'),
    request_uri_used: page('invalid_request_uri', 'The request URI has already been used'),
    request_uri_of_another_client: page('invalid_request_uri', 'The request URI was issued to another client'),
    response_type_unsupported: back('unsupported_response_type', 'The response type is not supported'),
    scope_missing: back('invalid_scope', 'The parameter scope is missing'),
    scope_not_allowed: back('invalid_scope', 'The client may not ask for one of these scopes'),
    grant_not_allowed: back('unauthorized_client', 'The client may not use the authorization code grant'),
    challenge_missing: back('invalid_request', 'A code challenge is required'),
    challenge_malformed: back('invalid_request', 'The code challenge is not a base64url SHA-256'),
    challenge_method_unsupported: back('invalid_request', 'The code challenge method is not supported'),
    user_not_allowed: back('access_denied', 'This person may not connect applications'),
    login_required: back('login_required', 'Nobody is signed in'),
    consent_required: back('consent_required', 'The resource owner has to be asked'),
    access_denied: back('access_denied', 'The resource owner denied the request'),
    consent_expired: page('invalid_request', 'This consent page is no longer open'),
  },
}

/** What RFC 6749 §4.1.2.1 has for a server that fails or cannot keep up; only a fault brings it about. */
export const rfc6749AuthorizeTrouble: AuthorizeErrorRows = {
  words: 'server_error and temporarily_unavailable, told to the client',
  rows: {
    server_error: back('server_error', 'The authorization server has failed'),
    temporarily_unavailable: back('temporarily_unavailable', 'The authorization server cannot keep up'),
  },
}
