import type { BearerErrors, TokenErrors, WrittenError } from './errors.ts'
import type { Json } from './json.ts'
import { kongBearerErrors } from './kong.ts'
import { rfc6749Errors } from './rfc6749-errors.ts'
import { rfc6750Errors } from './rfc6750-errors.ts'

const message = ({ error, description }: WrittenError): Json => ({ message: description ?? error })

/** `{"message"}` with the statuses of RFC 6749. */
export const messageErrors: TokenErrors = {
  ...rfc6749Errors,
  words: 'one key, message, with the statuses of RFC 6749',
  body: message,
}

/** `{"message"}` at the API, one sentence for every dead token. */
export const messageBearerErrors: BearerErrors = {
  ...rfc6750Errors,
  rows: { ...rfc6750Errors.rows, access_token_missing: kongBearerErrors.rows.access_token_missing },
  words: 'one key, message, with one sentence for every dead token',
  body: (error) =>
    error.error === 'invalid_token' ? { message: 'Invalid authentication credentials' } : message(error),
}
