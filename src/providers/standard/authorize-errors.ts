import { type AuthorizeErrors, errorCallbackWithIssuer, rfc6749AuthorizeErrors } from '../../define.ts'

/** RFC 6749 §4.1.2.1 with `iss` (RFC 9207 §2). */
export const standardAuthorizeErrors: AuthorizeErrors = {
  ...rfc6749AuthorizeErrors,
  words: 'RFC 6749 §4.1.2.1, with iss in each answer (RFC 9207)',
  callback: errorCallbackWithIssuer,
}
