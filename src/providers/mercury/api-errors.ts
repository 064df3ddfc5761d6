import type { BearerErrors, ErrorRow, Sentence } from '../../define.ts'

const row = (status: number, error: Sentence, description: Sentence): ErrorRow => ({ status, error, description })
const envelope = (errorCode: string, message: string) => ({ errors: { errorCode, message } })

const unknown = { code: 'noTokenInDB', message: 'No matching token found' }
const cutOff = {
  code: 'noTokenInDBButMaybeMalformed',
  message: 'No matching token found. API tokens begin with secret-token: and you must ensure that part is included.',
}

/** How a token is called that opens nothing: unknown, or an API key that has lost its beginning. */
const dead = (looksCutOff: (token: string) => boolean): ErrorRow => {
  const about = (token = '') => (looksCutOff(token) ? cutOff : unknown)
  return row(
    401,
    ({ came }) => about(came).code,
    ({ came }) => about(came).message,
  )
}

const errorsWith = (words: string, deadToken: ErrorRow): BearerErrors => ({
  words,
  body: ({ error, description = '' }) => envelope(error, description),
  rows: {
    method_not_allowed: row(405, 'methodNotAllowed', 'This method is not supported here.'),
    body_too_large: row(413, 'validationError', 'The body is larger than 1 MB.'),
    access_token_missing: row(401, 'noAuthTokenHeader', 'No Authorization header with a token was sent.'),
    access_token_unknown: deadToken,
    access_token_expired: deadToken,
    access_token_replaced: deadToken,
    access_token_revoked: deadToken,
    scope_insufficient: row(403, 'tokenNotInScope', 'You must have a token with access to this endpoint.'),
  },
})

/** The bank's own envelope; a dead OAuth token is one that the API does not find. */
export const mercuryApiErrors: BearerErrors = errorsWith(
  '{"errors": {"errorCode", "message"}}: a dead token is not found',
  dead((token) => /^mercury_(production|sandbox)_/.test(token)),
)

/** The same, where each token without the beginning of an API key is taken for one that was cut off. */
export const mercuryApiErrorsOfKeys: BearerErrors = errorsWith(
  '{"errors": {"errorCode", "message"}}: a dead token is taken for an API key that lost its beginning',
  dead((token) => !token.startsWith('secret-token:')),
)

/** A path that the API does not have. */
export const notFound = { status: 404, body: envelope('notFound', 'There is nothing at this path.') }
