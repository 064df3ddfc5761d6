import {
  type AuthorizeErrorRow,
  type AuthorizeErrorRows,
  type AuthorizeErrors,
  errorCallback,
  rfc6749AuthorizeErrors,
  type Sentence,
} from '../../define.ts'

const page = (error: string, description: Sentence): AuthorizeErrorRow => ({ to: 'page', error, description })

const denied = { error: 'access_denied', description: 'User denied access' }

/** Whatever is wrong ends on a page of the provider. */
export const pages: AuthorizeErrors = {
  words: 'an error page, no redirect',
  callback: errorCallback,
  rows: {
    ...rfc6749AuthorizeErrors.rows,
    parameter_malformed: page('invalid_request', (r) => `${r.parameter} is malformed`),
    parameter_unsupported: page('invalid_request', (r) => `${r.parameter} is not supported`),
    method_not_allowed: page('invalid_request', 'The authorization page is opened with GET'),
    body_too_large: page('invalid_request', 'The body is larger than 1 MB'),
    client_missing: page('invalid_request', 'client_id is a required parameter'),
    client_unknown: page('invalid_client', 'Unknown application'),
    client_inactive: page('unauthorized_application', 'The application is blocked'),
    redirect_uri_missing: page('invalid_request', 'redirect_uri is a required parameter'),
    redirect_uri_mismatch: page('redirect_uri_mismatch', 'La aplicación no puede conectarse'),
    redirect_uri_insecure: page('invalid_request', 'The redirect URL is not https'),
    parameter_missing: page('invalid_request', (r) => `${r.parameter} is a required parameter`),
    parameter_repeated: page('invalid_request', 'Wrong number of parameters with duplicate values.'),
    parameter_too_short: page('invalid_request', (r) => `${r.parameter} is too short`),
    response_type_unsupported: page('unsupported_response_type', 'The response type is not supported'),
    scope_missing: page('invalid_scope', 'Invalid scope.'),
    scope_not_allowed: page('invalid_scope', 'Invalid scope.'),
    grant_not_allowed: page('unauthorized_client', 'The application may not use this grant type'),
    challenge_missing: page('invalid_request', 'code_challenge is a required parameter'),
    challenge_malformed: page('invalid_request', 'The code challenge is not well formed'),
    challenge_method_unsupported: page('invalid_request', 'The code challenge method is not supported'),
    user_not_allowed: page('invalid_operator_user_id', 'Only the owner of the account can connect applications'),
    login_required: page('login_required', 'Nobody is signed in'),
    consent_required: page('consent_required', 'The seller has to be asked'),
    access_denied: { to: 'page', ...denied },
    consent_expired: page('invalid_request', 'This page is no longer open'),
  },
}

/** The person's no is told to the client, as RFC 6749 §4.1.2.1 has it. */
export const denialTold: AuthorizeErrorRows = {
  words: 'a denial goes back to the client with error, error_description and state',
  rows: { access_denied: { to: 'client', ...denied } },
}

/** The person's no ends on a page as well: nobody has shown it come back. */
export const denialOnAPage: AuthorizeErrorRows = {
  words: 'a denial ends on an error page',
  rows: { access_denied: { to: 'page', ...denied } },
}
