import {
  type BearerErrors,
  type ErrorRow,
  type Json,
  rfc6749Errors,
  rfc6750Errors,
  type Sentence,
  type TokenErrorRows,
  type TokenErrors,
  type WrittenError,
} from '../../define.ts'

/** `{"message", "error", "status", "cause"}`: the OAuth code is `error`, the sentence `message`. */
const inMessage = ({ error, description = error, status }: WrittenError): Json => ({
  message: description,
  error,
  status,
  cause: [],
})

const bad = (error: string, description: Sentence, status = 400): ErrorRow => ({ status, error, description })

const deadGrant = bad(
  'invalid_grant',
  'Error validating grant. Your authorization code or refresh token may be expired or it was already used',
)
const badClient = bad('invalid_client', 'invalid client_id or client_secret')
const ofAnother = bad('invalid_grant', 'the client_id does not match the original')
const missing = bad('invalid_request', (r) => `${r.parameter} is a required parameter`)
const malformed = bad('invalid_request', 'The request is malformed')
const unsupported: Sentence = (r) => `Unsupported grant type: ${r.came}.`

/** The token endpoint's errors as captured traffic shows them. */
export const messageAndCause: TokenErrors = {
  words: '{"message", "error", "status", "cause"}',
  body: inMessage,
  rows: {
    ...rfc6749Errors.rows,
    parameter_repeated: bad('invalid_request', 'Wrong number of parameters with duplicate values.'),
    parameter_missing: missing,
    grant_type_missing: missing,
    client_missing: missing,
    client_secret_missing: missing,
    client_unknown: badClient,
    client_secret_wrong: badClient,
    grant_type_unsupported: bad('unsupported_grant_type', unsupported),
    code_unknown: deadGrant,
    code_expired: deadGrant,
    code_used: deadGrant,
    code_revoked: deadGrant,
    code_of_another_client: ofAnother,
    redirect_uri_mismatch: bad('invalid_grant', 'the redirect_uri does not match the original'),
    verifier_missing: missing,
    refresh_token_unknown: deadGrant,
    refresh_token_expired: deadGrant,
    refresh_token_reused: deadGrant,
    refresh_token_revoked: deadGrant,
    refresh_token_of_another_client: ofAnother,
    scope_exceeded: bad('invalid_scope', 'Invalid scope.'),
  },
}

/** The same as the documentation of the sister company writes it: the sentence is `error_description`, and comes first. */
export const descriptionAndCause: TokenErrors = {
  ...messageAndCause,
  words: '{"error_description", "error", "status", "cause"}',
  body: ({ error, description = error, status }) => ({ error_description: description, error, status, cause: [] }),
}

/** Both keys, for a client that must read either. */
export const messageAndDescription: TokenErrors = {
  ...messageAndCause,
  words: '{"message", "error_description", "error", "status", "cause"}',
  body: ({ error, description = error, status }) => ({
    message: description,
    error_description: description,
    error,
    status,
    cause: [],
  }),
}

/** What nobody has captured: the code of the documented list that fits best, and a sentence of ours. */
export const notCaptured: TokenErrorRows = {
  words: 'what nobody has captured, in the shape of the other errors',
  rows: {
    method_not_allowed: bad('not_found', 'resource not found', 404),
    body_too_large: bad('invalid_request', 'The body is larger than 1 MB', 413),
    body_unreadable: malformed,
    media_type_unsupported: malformed,
    parameter_malformed: malformed,
    client_inactive: bad('unauthorized_application', 'The application is blocked'),
    grant_not_allowed: bad('unauthorized_client', 'The application may not use this grant type'),
    verifier_malformed: deadGrant,
    verifier_mismatch: deadGrant,
    verifier_unexpected: deadGrant,
    scope_withdrawn: bad('unauthorized_client', 'The application no longer has the scopes of this authorization'),
  },
}

const flowOff = (error: string, description: Sentence): TokenErrorRows => ({
  words: `a flow that is switched off is ${error}`,
  rows: { grant_not_allowed: bad(error, description) },
})

/** A flow that is switched off is nothing for this application. */
export const offIsUnauthorized = flowOff('unauthorized_client', 'The application may not use this grant type')

/** A flow that is switched off reads like one that the provider does not have. */
export const offIsUnsupported = flowOff('unsupported_grant_type', unsupported)

const deadToken = bad('not_found', 'invalid_token', 401)

/** The API's errors: a dead token is `not_found` with the status 401, and there is no WWW-Authenticate. */
export const apiErrors: BearerErrors = {
  words: '{"message", "error", "status", "cause"}, without WWW-Authenticate',
  body: inMessage,
  rows: {
    ...rfc6750Errors.rows,
    method_not_allowed: bad('method_not_allowed', 'Method not allowed', 405),
    access_token_missing: bad('bad_request', 'Malformed access_token: null'),
    access_token_unknown: deadToken,
    access_token_expired: deadToken,
    access_token_replaced: deadToken,
    access_token_revoked: deadToken,
    scope_insufficient: {
      status: 403,
      error: 'Invalid scopes',
      body: { status: 403, error: 'Invalid scopes', code: 'FORBIDDEN' },
    },
  },
}
