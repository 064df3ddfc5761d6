import { type ErrorRow, rfc6749Errors, type TokenErrors } from '../../define.ts'

const challenge = { 'www-authenticate': 'Basic realm="oauth"' }

/** With a challenge, if it is a 401: each of them has one (RFC 9110 §15.5.2), wherever the credentials stood. */
const challenged = (row: ErrorRow): ErrorRow => (row.status === 401 ? { ...row, headers: challenge } : row)

/** RFC 6749 §5.2, with a challenge in every 401. */
export const standardTokenErrors: TokenErrors = {
  ...rfc6749Errors,
  words: 'RFC 6749 §5.2: the keys error and error_description; a challenge with every 401 (RFC 9110 §15.5.2)',
  rows: Object.fromEntries(
    Object.entries(rfc6749Errors.rows).map(([kind, row]) => [kind, challenged(row)]),
  ) as TokenErrors['rows'],
}
