import type { AuthorizeRefusalKind, Refusal } from '../vocabulary/refusal.ts'
import { answerClient } from './answer-client.ts'
import { redirect, withParameters } from './answers.ts'
import type { AuthorizeAttempt } from './authorize-attempt.ts'
import { showError } from './error-page.ts'
import { issuerIfAny } from './issuer.ts'
import { write } from './refusal.ts'
import type { Outcome, Visit } from './visit.ts'

/**
 * Whether it is in doubt who asks, or where the answer should go: then it goes nowhere (RFC 6749 §4.1.2.1). Of two redirect
 * URIs neither counts where none may be left out.
 */
const isInDoubt = ({ kind, parameter }: Refusal<AuthorizeRefusalKind>, withoutRedirectUri: string): boolean =>
  parameter === 'client_id' ||
  (kind === 'parameter_repeated' &&
    (parameter === 'request_uri' || (parameter === 'redirect_uri' && withoutRedirectUri === 'refused')))

/** A refusal: back to a registered redirect URI where the error table says so, else an error page. */
export function refuseAuthorize(
  visit: Visit,
  refusal: Refusal<AuthorizeRefusalKind>,
  attempt?: AuthorizeAttempt,
): Outcome {
  const { client, returnTo, parameters } = attempt ?? {}
  const { errors, errorPage, stateOfErrors, withoutRedirectUri } = visit.environment.rules.authorize
  const row = errors.rows[refusal.kind]
  const description = row.description === undefined ? undefined : write(row.description, refusal)
  const error = write(row.error, refusal)
  const known = { refusal, ...(client ? { clientId: client.id } : {}) }
  const inDoubt = isInDoubt(refusal, withoutRedirectUri)
  if (row.to !== 'client' || inDoubt || returnTo === undefined || attempt === undefined) {
    // What is no authorization request at all is answered where it came.
    if (errorPage === undefined || attempt === undefined || row.to === 'here')
      return { response: showError(visit, refusal, { error, description }), ...known }
    const page = visit.address.publicUrl(visit.environment.urlOf(errorPage))
    const location = withParameters(page, { error, error_description: description })
    return { response: redirect(location), ...known }
  }
  const state = stateOfErrors === 'leftOut' ? undefined : parameters?.get('state')
  const issuer = issuerIfAny(visit)
  const callback = errors.callback({
    error,
    ...(description === undefined ? {} : { description }),
    ...(state === undefined ? {} : { state }),
    ...(issuer === undefined ? {} : { issuer }),
  })
  return { ...answerClient(visit, attempt, returnTo, callback), ...known }
}
