import type { BearerErrors, ErrorRow } from './errors.ts'
import { errorPair } from './rfc6749-errors.ts'

const bearer = (error: string, description: string, status = 401, more = ''): ErrorRow => ({
  status,
  error,
  description,
  headers: { 'www-authenticate': `Bearer error="${error}", error_description="${description}"${more}` },
})

/** RFC 6750 §3.1 with an RFC 6749 body. */
export const rfc6750Errors: BearerErrors = {
  words: 'RFC 6750 §3.1: WWW-Authenticate, and the keys error and error_description',
  body: errorPair,
  rows: {
    method_not_allowed: { status: 405, error: 'invalid_request', description: 'This method is not supported here' },
    body_too_large: { status: 413, error: 'invalid_request', description: 'The body is larger than 1 MB' },
    access_token_missing: {
      status: 401,
      error: 'invalid_request',
      description: 'The access token is missing',
      // The scheme is followed by a parameter at least (§3).
      headers: { 'www-authenticate': 'Bearer realm="oauth"' },
    },
    access_token_unknown: bearer('invalid_token', 'The access token is invalid'),
    access_token_expired: bearer('invalid_token', 'The access token expired'),
    access_token_replaced: bearer('invalid_token', 'The access token was replaced'),
    access_token_revoked: bearer('invalid_token', 'The access token was revoked'),
    scope_insufficient: {
      status: 403,
      error: 'insufficient_scope',
      description: (r) => `This needs the scope ${r.expected}`,
      headers: { 'www-authenticate': (r) => `Bearer error="insufficient_scope", scope="${r.expected}"` },
    },
  },
}
