import type { AuthorizeErrorRows, AuthorizeErrors } from '../../define.ts'
import { hydraAuthorizeErrors } from '../../define.ts'

/** What Mercury's own pages answer: to a denial, to a role that may not connect, and when they fail. */
export const ownAnswers: AuthorizeErrorRows = {
  words: 'access_denied for a denial, login_request_denied for a role that may not connect, a bare server_error',
  rows: {
    access_denied: { to: 'client', error: 'access_denied', description: 'User denied consent.' },
    user_not_allowed: {
      to: 'client',
      error: 'login_request_denied',
      description: 'The requested scope is not allowed',
    },
    server_error: { to: 'client', error: 'server_error' },
  },
}

/** The answer that the operation in the API reference lists for any parameter that is wrong. */
const invalid = {
  to: 'here',
  error: 'invalid_request',
  description:
    'Invalid `code_challenge_method` or `code_challenge` or `response_type` or `state` or `scope` or `redirect_uri` or `client_id`',
} as const

/** Hydra's table, but a wrong request is answered by a plain 400 where it came. */
export const plainAuthorizeErrors: AuthorizeErrors = {
  ...hydraAuthorizeErrors,
  words: 'a plain 400 for a wrong parameter; else as by default',
  rows: {
    ...hydraAuthorizeErrors.rows,
    client_missing: invalid,
    client_unknown: invalid,
    client_inactive: invalid,
    redirect_uri_missing: invalid,
    redirect_uri_mismatch: invalid,
    redirect_uri_insecure: invalid,
    parameter_missing: invalid,
    parameter_repeated: invalid,
    parameter_too_short: invalid,
    response_type_unsupported: invalid,
    scope_missing: invalid,
    scope_not_allowed: invalid,
    challenge_missing: invalid,
    challenge_malformed: invalid,
    challenge_method_unsupported: invalid,
  },
}
