import type { AuthorizeErrors, BearerErrors, ErrorRow, TokenErrors } from './errors.ts'
import { rfc6749AuthorizeErrors, rfc6749Errors } from './rfc6749-errors.ts'
import { rfc6750Errors } from './rfc6750-errors.ts'

const row = (status: number, error: string, description: string): ErrorRow => ({ status, error, description })

const badClient = row(400, 'invalid_client', 'Invalid client authentication')
const badClientByHeader: ErrorRow = {
  ...badClient,
  status: 401,
  headers: { 'www-authenticate': 'Basic realm="OAuth2.0"' },
}
const badCode = row(400, 'invalid_request', 'Invalid code')
const badRefreshToken = row(400, 'invalid_request', 'Invalid refresh_token')
const badGrantType = row(400, 'unsupported_grant_type', 'Invalid grant_type')
const badRedirectUri = 'Invalid redirect_uri that does not match with any redirect_uri created with the application'

/** The token endpoint of Kong's oauth2 plugin: its strings, statuses and order of checks. */
export const kongErrors: TokenErrors = {
  ...rfc6749Errors,
  words: "Kong's oauth2 plugin",
  lastWins: ['grant-type', 'client', 'redirect-uri', 'client-secret'],
  byHeader: {
    client_missing: badClientByHeader,
    client_unknown: badClientByHeader,
    client_secret_missing: badClientByHeader,
    client_secret_wrong: badClientByHeader,
    client_authentication_malformed: badClientByHeader,
  },
  rows: {
    ...rfc6749Errors.rows,
    method_not_allowed: {
      status: 405,
      error: 'invalid_method',
      description: (r) => `The HTTP method ${r.came} is invalid for the token endpoint`,
      headers: { 'www-authenticate': 'Bearer' },
    },
    grant_type_missing: badGrantType,
    grant_type_unsupported: badGrantType,
    grant_not_allowed: badGrantType,
    client_missing: badClient,
    client_unknown: badClient,
    client_inactive: badClient,
    client_secret_missing: badClient,
    client_secret_wrong: badClient,
    client_authentication_malformed: badClient,
    client_secret_unexpected: row(400, 'invalid_request', 'client_secret is disallowed for public clients'),
    redirect_uri_mismatch: row(400, 'invalid_request', badRedirectUri),
    parameter_missing: {
      status: 400,
      error: 'invalid_request',
      description: (r) => (r.parameter === 'code' ? 'Invalid code' : `Invalid ${r.parameter}`),
    },
    code_unknown: badCode,
    code_expired: badCode,
    code_used: badCode,
    code_revoked: badCode,
    code_of_another_client: badCode,
    verifier_missing: row(400, 'invalid_request', 'code_verifier is required for PKCE authorization requests'),
    verifier_malformed: row(400, 'invalid_request', 'code_verifier must be between 43 and 128 characters'),
    verifier_mismatch: row(400, 'invalid_grant', 'Invalid code'),
    refresh_token_unknown: badRefreshToken,
    refresh_token_expired: badRefreshToken,
    refresh_token_reused: badRefreshToken,
    refresh_token_revoked: badRefreshToken,
    refresh_token_of_another_client: badClient,
    scope_missing: row(400, 'invalid_scope', 'You must specify a scope'),
    scope_mismatch: row(400, 'invalid_scope', 'Scope mismatch'),
    scope_withdrawn: row(400, 'invalid_scope', 'Scope mismatch'),
    scope_not_allowed: {
      status: 400,
      error: 'invalid_scope',
      description: (r) => `"${r.came}" is an invalid scope`,
    },
  },
}

/** The sentences that Kong's oauth2 plugin hands to an authorization page; an unknown redirect URI still gets an error page. */
export const kongAuthorizeSentences: AuthorizeErrors = {
  ...rfc6749AuthorizeErrors,
  words: "RFC 6749 §4.1.2.1 with the sentences of Kong's oauth2 plugin",
  rows: {
    ...rfc6749AuthorizeErrors.rows,
    parameter_missing: {
      to: 'client',
      error: (r) => (r.parameter === 'response_type' ? 'unsupported_response_type' : 'invalid_request'),
      description: (r) =>
        r.parameter === 'response_type' ? 'Invalid response_type' : `The parameter ${r.parameter} is missing`,
    },
    response_type_unsupported: {
      to: 'client',
      error: 'unsupported_response_type',
      description: 'Invalid response_type',
    },
    scope_missing: { to: 'client', error: 'invalid_scope', description: 'You must specify a scope' },
    scope_not_allowed: { to: 'client', error: 'invalid_scope', description: (r) => `"${r.came}" is an invalid scope` },
    challenge_missing: {
      to: 'client',
      error: 'invalid_request',
      description: (r) =>
        r.came === undefined
          ? 'code_challenge is required for public clients'
          : 'code_challenge is required when code_method is present',
    },
    challenge_method_unsupported: {
      to: 'client',
      error: 'invalid_request',
      description: 'code_challenge_method is not supported, must be S256',
    },
    access_denied: { to: 'client', error: 'access_denied', description: 'The resource owner denied the request' },
  },
}

/** The same where Kong decides alone: an unregistered redirect URI is answered at the first registered one. */
export const kongAuthorizeErrors: AuthorizeErrors = {
  ...kongAuthorizeSentences,
  words: "Kong's oauth2 plugin: an unregistered redirect URI is reported to the first registered one",
  rows: {
    ...kongAuthorizeSentences.rows,
    redirect_uri_mismatch: { to: 'client', error: 'invalid_request', description: badRedirectUri },
  },
}

const invalidToken: ErrorRow = {
  status: 401,
  error: 'invalid_token',
  description: 'The access token is invalid or has expired',
  headers: {
    'www-authenticate': 'Bearer error="invalid_token", error_description="The access token is invalid or has expired"',
  },
}

/** An API behind Kong's oauth2 plugin. */
export const kongBearerErrors: BearerErrors = {
  ...rfc6750Errors,
  words: "Kong's oauth2 plugin in front of the API",
  rows: {
    ...rfc6750Errors.rows,
    access_token_missing: {
      status: 401,
      error: 'invalid_request',
      description: 'The access token is missing',
      headers: { 'www-authenticate': 'Bearer' },
    },
    access_token_unknown: invalidToken,
    access_token_expired: invalidToken,
    access_token_replaced: invalidToken,
    access_token_revoked: invalidToken,
  },
}
