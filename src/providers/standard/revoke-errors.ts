import { rfc6749Errors, type TokenErrors } from '../../define.ts'

/** RFC 6749 §5.2 in words that fit either kind of token. */
export const standardRevokeErrors: TokenErrors = {
  ...rfc6749Errors,
  words: 'RFC 6749 §5.2, in words that fit either kind of token',
  rows: {
    ...rfc6749Errors.rows,
    refresh_token_of_another_client: {
      ...rfc6749Errors.rows.refresh_token_of_another_client,
      description: 'The token was issued to another client',
    },
  },
}
