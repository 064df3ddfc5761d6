import {
  type AuthorizeErrorRows,
  type AuthorizeErrors,
  type BearerErrors,
  type ErrorRow,
  errorPair,
  type Refusal,
  rfc6749AuthorizeErrors,
  rfc6749Errors,
  rfc6750Errors,
  type TokenErrorRows,
  type TokenErrors,
  type WrittenError,
} from '../../define.ts'

/** Each error comes back twice, as `error` and as `error_code`, and nothing describes it. */
export const toldTwice: AuthorizeErrors = {
  ...rfc6749AuthorizeErrors,
  words: 'error and error_code with the same value, no description; a page where client or redirect URI is in doubt',
  callback: ({ error, state }) => ({ error, error_code: error, state }),
}

/** What the page prints: a denial comes back to the app. */
export const denialTold: AuthorizeErrorRows = {
  words: 'access_denied, told to the app',
  rows: { access_denied: { to: 'client', error: 'access_denied' } },
}

/** A failure of the server comes back like a denial. */
export const serverError: AuthorizeErrorRows = {
  words: 'server_error, told to the app',
  rows: { server_error: { to: 'client', error: 'server_error' } },
}

const onAPage = (kind: 'redirect_uri_mismatch' | 'client_inactive'): AuthorizeErrorRows => ({
  words: 'an error page, no redirect',
  rows: { [kind]: rfc6749AuthorizeErrors.rows[kind] },
})

/** A redirect URI that is not declared: a page. */
export const redirectUriOnAPage = onAPage('redirect_uri_mismatch')

/** A client that is known but may not ask: a page. */
export const inactiveOnAPage = onAPage('client_inactive')

/** A redirect URI that is not declared is reported to the default one. */
export const redirectUriTold: AuthorizeErrorRows = {
  words: 'invalid_redirect_uri, told to the default redirect URL',
  rows: { redirect_uri_mismatch: { to: 'client', error: 'invalid_redirect_uri' } },
}

/** A client that is known but may not ask is told so. */
export const inactiveTold: AuthorizeErrorRows = {
  words: 'unauthorized_client, told to a known client that is not active; an unknown one still gets a page',
  rows: { client_inactive: { to: 'client', error: 'unauthorized_client' } },
}

const notFound = (what: string): ErrorRow => ({
  status: 400,
  error: 'invalid_grant',
  description: ({ came }) => `The ${what} was not found in the system: ${came}`,
})
const dead = (what: string): ErrorRow => ({
  status: 400,
  error: 'invalid_grant',
  description: ({ came }) => `The authorization code ${what}: ${came}`,
})
const noCode = notFound('authorization code')
const noRefreshToken = notFound('refresh token')

/** The pair of the page; each refusal is a 400, and what was not found is named. */
export const finexerErrors: TokenErrors = {
  ...rfc6749Errors,
  words: 'the keys error and error_description; what was not found is named in the description',
  body: errorPair,
  byHeader: {},
  rows: {
    ...rfc6749Errors.rows,
    code_revoked: noCode,
    code_of_another_client: noCode,
    refresh_token_unknown: noRefreshToken,
    refresh_token_expired: noRefreshToken,
    refresh_token_revoked: noRefreshToken,
    refresh_token_reused: noRefreshToken,
    refresh_token_of_another_client: noRefreshToken,
  },
}

/** What the page prints: the code that was sent comes back in the sentence. */
export const unknownCode: TokenErrorRows = {
  words: 'invalid_grant, "The authorization code was not found in the system: …"',
  rows: { code_unknown: noCode },
}

/** A code that has died is told from one that never was. */
export const deadCodesTold: TokenErrorRows = {
  words: 'invalid_grant, "The authorization code has expired: …" or "… has already been used: …"',
  rows: { code_expired: dead('has expired'), code_used: dead('has already been used') },
}

/** A code that has died is not found either. */
export const deadCodesNotFound: TokenErrorRows = {
  words: 'invalid_grant, "The authorization code was not found in the system: …"',
  rows: { code_expired: noCode, code_used: noCode },
}

const badClients = (status: 400 | 401): TokenErrorRows['rows'] => {
  const bad = (description: string): ErrorRow => ({ status, error: 'invalid_client', description })
  return {
    client_missing: bad('The client did not authenticate'),
    client_unknown: bad('Unknown client'),
    client_secret_missing: bad('The client secret is missing'),
    client_secret_wrong: bad('Wrong client secret'),
    client_secret_unexpected: bad('A public client has no secret'),
    client_authentication_malformed: bad('Unreadable Authorization header'),
    client_method_wrong: bad('The client authenticates in another way'),
  }
}

/** Bad credentials with the status of any other failure. */
export const badClientAs400: TokenErrorRows = { words: '400 invalid_client', rows: badClients(400) }

/** Bad credentials with the status that RFC 6749 §5.2 allows. */
export const badClientAs401: TokenErrorRows = { words: '401 invalid_client', rows: badClients(401) }

/** What fails a revocation: 400, as the page says, whatever it is. */
export const finexerRevokeErrors: TokenErrors = {
  ...finexerErrors,
  words: 'the keys error and error_description, and 400 for bad credentials too',
  rows: { ...finexerErrors.rows, ...badClientAs400.rows },
}

const nested = ({ status, error, description }: WrittenError) => ({
  error: { type: status === 401 ? 'authentication_error' : 'request_error', code: error, message: description },
})
const unauthorized = (error: string, description: string, challenge = `Bearer error="${error}"`): ErrorRow => ({
  status: 401,
  error,
  description,
  headers: { 'www-authenticate': challenge },
})
const notAccepted = unauthorized('invalid_token', 'The access token is not valid.')

/** The API's own shape: the error is an object with type, code and message. */
export const nestedErrors: BearerErrors = {
  words: '{"error": {"type", "code", "message"}}; 401 for a token that is not valid, 403 for a missing scope',
  body: nested,
  rows: {
    ...rfc6750Errors.rows,
    access_token_missing: unauthorized('missing_token', 'An access token is missing in the request.', 'Bearer'),
    access_token_unknown: notAccepted,
    access_token_expired: notAccepted,
    access_token_replaced: notAccepted,
    access_token_revoked: notAccepted,
    scope_insufficient: {
      ...rfc6750Errors.rows.scope_insufficient,
      description: ({ expected }: Refusal<string>) => `The access token lacks the permission ${expected}.`,
    },
  },
}

/** For a path that the API lacks. */
export const noSuchPath = {
  status: 404,
  body: { error: { type: 'request_error', code: 'resource_missing', message: 'There is nothing at this path.' } },
}
