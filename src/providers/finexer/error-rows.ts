import { assumed, documented, standard } from '../../define.ts'
import {
  badClientAs400,
  badClientAs401,
  deadCodesNotFound,
  deadCodesTold,
  denialTold,
  inactiveOnAPage,
  inactiveTold,
  redirectUriOnAPage,
  redirectUriTold,
  serverError,
  unknownCode,
} from './errors.ts'

/** What the page says of errors at the authorization endpoint, and what it leaves open. */
export const authorizeErrorRows = {
  denial: denialTold,
  trouble: standard(serverError, 'RFC 6749 §4.1.2.1'),
  redirectUri: assumed(redirectUriOnAPage, {
    because: 'the page names no error; a URL that is not declared is no place to redirect to',
    as: 'bad-redirect-uri',
    otherwise: { told: redirectUriTold },
  }),
  client: assumed(inactiveOnAPage, {
    because: 'the page names no error; an unknown client gets a page whatever is chosen (RFC 6749 §4.1.2.1)',
    as: 'inactive-client',
    otherwise: { told: inactiveTold },
  }),
}

/** The same at the token endpoint. */
export const tokenErrorRows = {
  unknownCode: documented(unknownCode, 'the page, Step 4, which gives no status'),
  deadCodes: assumed(deadCodesTold, {
    because: 'the page has no sentence for a code that was used or is too old; it may be deleted, and not found',
    as: 'dead-codes',
    otherwise: { 'not-found': deadCodesNotFound },
  }),
  client: assumed(badClientAs400, {
    because: 'the page gives 400 for any failed revocation and no status here',
    as: 'client-error',
    otherwise: { unauthorized: badClientAs401 },
  }),
}
