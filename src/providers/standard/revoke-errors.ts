import type { TokenErrors } from '../../define.ts'
import { standardTokenErrors } from './token-errors.ts'

/** The token endpoint's in words that fit either kind of token. */
export const standardRevokeErrors: TokenErrors = {
  ...standardTokenErrors,
  words: 'RFC 6749 §5.2, in words that fit either kind of token',
  rows: {
    ...standardTokenErrors.rows,
    refresh_token_of_another_client: {
      ...standardTokenErrors.rows.refresh_token_of_another_client,
      description: 'The token was issued to another client',
    },
  },
}
