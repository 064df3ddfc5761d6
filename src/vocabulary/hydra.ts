import type { AuthorizeErrorRow, AuthorizeErrors, ErrorRow, Sentence, TokenErrorRows, TokenErrors } from './errors.ts'
import type { Refusal } from './refusal.ts'
import { rfc6749AuthorizeErrors, rfc6749Errors } from './rfc6749-errors.ts'

const badRequest =
  'The request is missing a required parameter, includes an invalid parameter value, includes a parameter more than once, or is otherwise malformed.'
const badClient =
  'Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method).'
const badGrant =
  'The provided authorization grant (e.g., authorization code, resource owner credentials) or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.'
const badScope = 'The requested scope is invalid, unknown, or malformed.'
const badResponseType = 'The authorization server does not support obtaining a token using this method.'
const wrongMethod = 'The client is not authorized to request a token using this method.'
const badState = 'The state is missing or does not have enough characters and is therefore considered too weak.'
const useless =
  'Make sure that the various parameters are correct, be aware of case sensitivity and trim your parameters. Make sure that the client you are using has exactly whitelisted the redirect_uri you specified.'
const noCredentials = 'Client credentials missing or malformed in both HTTP Authorization header and HTTP POST body.'

type Hint = string | ((refusal: Refusal<string>) => string)

/** A description and its hint, parted by a space. */
const withHint = (description: string, hint?: Hint): Sentence => {
  if (hint === undefined) return description
  return typeof hint === 'string' ? `${description} ${hint}` : (refusal) => `${description} ${hint(refusal)}`
}

const request = (hint: Hint = useless): ErrorRow => ({
  status: 400,
  error: 'invalid_request',
  description: withHint(badRequest, hint),
})
const grant = (hint?: Hint): ErrorRow => ({
  status: 400,
  error: 'invalid_grant',
  description: withHint(badGrant, hint),
})
const scope = (hint?: Hint): ErrorRow => ({
  status: 400,
  error: 'invalid_scope',
  description: withHint(badScope, hint),
})
const unauthenticated: ErrorRow = { status: 401, error: 'invalid_client', description: badClient }

const noSuchRefreshToken = 'The refresh token is malformed or not valid.'
const noChallenge = 'Unable to find initial PKCE data tied to this request'
const usedCode = 'The authorization code has already been used.'
const foreignScope: Hint = (r) => `The OAuth 2.0 Client is not allowed to request scope '${r.came}'.`
const foreignGrant: Hint = (r) => `The OAuth 2.0 Client is not allowed to use authorization grant '${r.came}'.`

/** What is wrong with a verifier's form; one that is missing is too short. */
const verifierForm: Hint = ({ came = '' }) => {
  if (came.length < 43) return 'The PKCE code verifier must be at least 43 characters.'
  if (came.length > 128) return 'The PKCE code verifier can not be longer than 128 characters.'
  return "The PKCE code verifier must only contain [a-Z], [0-9], '-', '.', '_', '~'."
}

/** A client with a secret that shows none fails like one whose secret is wrong; another way to show it is named. */
const clientMethod: Sentence = ({ came = '', expected }) =>
  came === 'none'
    ? badClient
    : `${badClient} The OAuth 2.0 Client supports client authentication method '${expected}', but method '${came}' was requested. You must configure the OAuth 2.0 client's 'token_endpoint_auth_method' value to accept '${came}'.`

/** What is looked up by a missing code or refresh token is not found; other parameters are asked for. */
const missing: Pick<ErrorRow, 'error' | 'description'> = {
  error: ({ parameter }) =>
    parameter === 'code' || parameter === 'refresh_token' ? 'invalid_grant' : 'invalid_request',
  description: ({ parameter }) => {
    if (parameter === 'code') return badGrant
    if (parameter === 'refresh_token') return `${badGrant} ${noSuchRefreshToken}`
    return `${badRequest} Request parameter '${parameter}' is missing`
  },
}

/** The token endpoint of Ory Hydra: its sentences, statuses and order of checks. */
export const hydraErrors: TokenErrors = {
  words: 'Ory Hydra',
  body: rfc6749Errors.body,
  order: [
    'body',
    'grant-type',
    'client',
    'client-status',
    'client-method',
    'client-secret',
    'client-grant',
    'parameters',
    'code',
    'code-owner',
    'refresh-token',
    'refresh-token-owner',
    'redirect-uri',
    'verifier',
  ],
  rows: {
    ...rfc6749Errors.rows,
    method_not_allowed: request((r) => `HTTP method is '${r.came}', expected 'POST'.`),
    body_too_large: request('Unable to parse HTTP body, make sure to send a properly formatted form request body.'),
    body_unreadable: request('Unable to parse HTTP body, make sure to send a properly formatted form request body.'),
    media_type_unsupported: request('The POST body can not be empty.'),
    body_empty: request('The POST body can not be empty.'),
    parameter_repeated: request(),
    parameter_malformed: request(),
    parameter_missing: { status: 400, ...missing },
    grant_type_missing: request("Request parameter 'grant_type' is missing"),
    grant_type_unsupported: request(),
    grant_not_allowed: {
      status: 400,
      error: 'unauthorized_client',
      description: withHint(wrongMethod, foreignGrant),
    },
    client_missing: request(noCredentials),
    client_authentication_malformed: request(noCredentials),
    client_unknown: unauthenticated,
    client_inactive: unauthenticated,
    client_secret_missing: unauthenticated,
    client_secret_wrong: unauthenticated,
    client_secret_unexpected: unauthenticated,
    client_method_wrong: { ...unauthenticated, description: clientMethod },
    code_unknown: grant(),
    code_expired: grant(),
    code_revoked: grant(),
    code_used: grant(usedCode),
    code_of_another_client: grant(
      'The OAuth 2.0 Client ID from this request does not match the one from the authorize request.',
    ),
    redirect_uri_mismatch: grant(
      "The 'redirect_uri' from this request does not match the one from the authorize request.",
    ),
    verifier_missing: grant(verifierForm),
    verifier_malformed: grant(verifierForm),
    verifier_mismatch: grant('The PKCE code challenge did not match the code verifier.'),
    verifier_unexpected: grant(noChallenge),
    challenge_lost: grant(noChallenge),
    refresh_token_unknown: grant(noSuchRefreshToken),
    refresh_token_revoked: grant(noSuchRefreshToken),
    refresh_token_reused: grant('The refresh token was already used.'),
    refresh_token_expired: grant('The refresh token expired.'),
    refresh_token_of_another_client: grant(
      'The OAuth 2.0 Client ID from this request does not match the ID during the initial token issuance.',
    ),
    scope_missing: request("Request parameter 'scope' is missing"),
    scope_mismatch: scope(),
    scope_exceeded: scope(),
    scope_withdrawn: scope(foreignScope),
    scope_not_allowed: scope(foreignScope),
  },
}

/** The same at Hydra's revocation endpoint, which never says what in particular was wrong. */
export const hydraRevokeErrors: TokenErrors = {
  ...hydraErrors,
  words: 'Ory Hydra: invalid_request or invalid_client, without the reason',
  rows: {
    ...hydraErrors.rows,
    method_not_allowed: request(),
    body_too_large: request(),
    body_unreadable: request(),
    media_type_unsupported: request(),
    body_empty: request(),
    parameter_missing: request(),
    client_missing: request(),
    client_authentication_malformed: request(),
    client_method_wrong: unauthenticated,
  },
}

/** What Hydra's token endpoint says when it fails, when two refreshes race, and when a refresh was not granted. */
export const hydraTrouble: TokenErrorRows = {
  words: 'server_error for a failure, invalid_request for two refreshes that race, scope_not_granted',
  rows: {
    server_error: {
      status: 500,
      error: 'server_error',
      description:
        'The authorization server encountered an unexpected condition that prevented it from fulfilling the request.',
    },
    refresh_raced: request(
      'Failed to refresh token because of multiple concurrent requests using the same token. Please retry the request.',
    ),
    scope_not_granted: {
      status: 403,
      error: 'scope_not_granted',
      description:
        "The token was not granted the requested scope. The OAuth 2.0 Client was not granted scope offline or offline_access and may thus not perform the 'refresh_token' authorization grant.",
    },
  },
}

const page = (error: string, description: Sentence): AuthorizeErrorRow => ({ to: 'page', error, description })
const back = (error: string, description: Sentence): AuthorizeErrorRow => ({ to: 'client', error, description })

const tooLittleState = `${badState} Request parameter 'state' must be at least be 8 characters long to ensure sufficient entropy.`
const noResponseType = `${badResponseType} \`The request is missing the 'response_type' parameter.`
const noClient = withHint(badClient, 'The requested OAuth 2.0 Client does not exist.')
const foreignRedirectUri = withHint(
  badRequest,
  "The 'redirect_uri' parameter does not match any of the OAuth 2.0 Client's pre-registered redirect urls.",
)

/** The authorization endpoint of Ory Hydra: its sentences, and the order of its checks, the last ones after consent. */
export const hydraAuthorizeErrors: AuthorizeErrors = {
  words: 'Ory Hydra',
  callback: ({ error, description, state = '' }) => ({ error, error_description: description, state }),
  order: ['client', 'client-status', 'redirect-uri', 'scope', 'response-type', 'parameters'],
  afterConsent: ['redirect-uri-scheme', 'challenge'],
  rows: {
    ...rfc6749AuthorizeErrors.rows,
    client_missing: page('invalid_client', noClient),
    client_unknown: page('invalid_client', noClient),
    client_inactive: page('invalid_client', noClient),
    redirect_uri_missing: page('invalid_request', foreignRedirectUri),
    redirect_uri_mismatch: page('invalid_request', foreignRedirectUri),
    redirect_uri_insecure: back(
      'invalid_request',
      withHint(
        badRequest,
        "Redirect URL is using an insecure protocol, http is only allowed for hosts with suffix 'localhost', for example: http://myapp.localhost/.",
      ),
    ),
    parameter_missing: {
      to: 'client',
      error: ({ parameter }) => {
        if (parameter === 'state') return 'invalid_state'
        return parameter === 'response_type' ? 'unsupported_response_type' : 'invalid_request'
      },
      description: ({ parameter }) => {
        if (parameter === 'state') return tooLittleState
        return parameter === 'response_type'
          ? noResponseType
          : `${badRequest} Request parameter '${parameter}' is missing`
      },
    },
    parameter_too_short: back('invalid_state', tooLittleState),
    parameter_repeated: back('invalid_request', withHint(badRequest, useless)),
    response_type_unsupported: back(
      'unsupported_response_type',
      withHint(badResponseType, (r) => `The client is not allowed to request response_type '${r.came}'.`),
    ),
    scope_missing: back('invalid_scope', badScope),
    scope_not_allowed: back('invalid_scope', withHint(badScope, foreignScope)),
    grant_not_allowed: back(
      'unauthorized_client',
      withHint(wrongMethod, "The OAuth 2.0 Client is not allowed to use authorization grant 'authorization_code'."),
    ),
    challenge_missing: back(
      'invalid_request',
      withHint(
        badRequest,
        (r) =>
          `${r.came === undefined ? 'This client' : 'Clients'} must include a code_challenge when performing the authorize code flow, but it is missing.`,
      ),
    ),
    challenge_malformed: back('invalid_request', withHint(badRequest, useless)),
    challenge_method_unsupported: back(
      'invalid_request',
      withHint(badRequest, ({ came }) =>
        came?.endsWith('plain')
          ? 'Clients must use code_challenge_method=S256, plain is not allowed.'
          : 'The code_challenge_method is not supported, use S256 instead.',
      ),
    ),
    login_required: back(
      'login_required',
      "The Authorization Server requires End-User authentication. Prompt 'none' was requested, but no existing login session was found.",
    ),
    consent_required: back(
      'consent_required',
      "The Authorization Server requires End-User consent. Prompt 'none' was requested, but no previous consent was found.",
    ),
  },
}
