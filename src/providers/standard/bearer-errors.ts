import { type BearerErrors, rfc6750Errors } from '../../define.ts'

/** RFC 6750 §3.1: where no token came, no error is named. */
export const standardBearerErrors: BearerErrors = {
  ...rfc6750Errors,
  words: 'RFC 6750 §3.1: WWW-Authenticate, and the keys error and error_description; neither where no token came',
  rows: {
    ...rfc6750Errors.rows,
    access_token_missing: { ...rfc6750Errors.rows.access_token_missing, body: {} },
  },
}
