import type { Client } from '../store/store.ts'
import { fill } from '../vocabulary/answer.ts'
import type { AuthorizeRefusalKind, Refusal } from '../vocabulary/refusal.ts'
import { scopesOf } from '../vocabulary/scope.ts'
import { redirect, withParameters } from './answers.ts'
import { type AuthorizeAttempt, gatherAuthorizeAttempt } from './authorize-attempt.ts'
import { clientIsActive, clientIsNamed } from './checks/client.ts'
import { clientMayAskForACode } from './checks/grant.ts'
import { authorizeParametersAreComplete, responseTypeIsOffered } from './checks/parameters.ts'
import { challengeIsSound } from './checks/pkce.ts'
import { redirectUriIsRegistered } from './checks/redirect-uri.ts'
import { scopeIsRegistered } from './checks/scope.ts'
import { askForConsent, takeAnswer } from './consent.ts'
import { showError } from './error-page.ts'
import { startGrant } from './grant.ts'
import { withAllow } from './methods.ts'
import { judge, write } from './refusal.ts'
import { findSession, sendToSignIn } from './sign-in.ts'
import type { Decision, Outcome, Visit } from './visit.ts'

const checks: readonly ((attempt: AuthorizeAttempt) => Refusal<AuthorizeRefusalKind> | undefined)[] = [
  clientIsNamed,
  redirectUriIsRegistered,
  clientIsActive,
  authorizeParametersAreComplete,
  responseTypeIsOffered,
  clientMayAskForACode,
  scopeIsRegistered,
  challengeIsSound,
]

/** The authorization endpoint (RFC 6749 §3.1): judge the request, then let a person decide. */
export async function authorize(visit: Visit): Promise<Outcome> {
  const attempt = await gatherAuthorizeAttempt(visit)
  const refusal = judge(attempt, checks)
  const { client, returnTo } = attempt
  if (refusal || !client || returnTo === undefined) {
    return refuseAuthorize(visit, refusal ?? { kind: 'client_unknown' }, attempt)
  }
  const legitimate = { ...attempt, client, returnTo }
  if (visit.request.method === 'POST') {
    const answer = await takeAnswer(visit)
    if ('kind' in answer) {
      const refused = refuseAuthorize(visit, answer, attempt)
      return answer.kind === 'method_not_allowed' ? withAllow(refused, 'GET, HEAD') : refused
    }
    return 'decision' in answer ? decide(visit, legitimate, answer) : sendToSignIn(visit, client)
  }
  const { consent } = visit.world
  const decision = visit.decision ?? (consent === 'page' ? undefined : { decision: consent })
  if (decision) return decide(visit, legitimate, decision)
  const session = await findSession(visit)
  if (!session) return sendToSignIn(visit, client)
  if (client.firstParty && attempt.rules.client.firstPartySkipsConsent) {
    return decide(visit, legitimate, { decision: 'approve', userId: session.userId })
  }
  return askForConsent(visit, client, attempt.parameters.get('scope') ?? '', session)
}

/** Carries out what the person decided: back to the client with a code, or with `access_denied`. */
async function decide(
  visit: Visit,
  attempt: AuthorizeAttempt & { client: Client; returnTo: string },
  { decision, userId, scope }: Decision,
): Promise<Outcome> {
  if (decision === 'deny') return refuseAuthorize(visit, { kind: 'access_denied' }, attempt)
  const { client, parameters, returnTo, rules } = attempt
  const user = userId ?? (await visit.world.people())[0]?.id
  const scopeAsked = parameters.get('scope') ?? client.scopes.join(' ')
  const { grant, code } = await startGrant(visit, attempt, {
    scopeAsked,
    scope: scopesOf(scope ?? scopeAsked).join(' '),
    userId: user,
  })
  const state = parameters.get('state')
  const callback = fill(rules.authorize.callback, {
    now: visit.now,
    clientId: client.id,
    scope: grant.scope,
    code: code.value,
    ...(state === undefined ? {} : { state }),
  })
  return { response: redirect(withParameters(returnTo, callback)), clientId: client.id }
}

/** A refusal: back to a registered redirect URI where the error table says so, else an error page. */
export function refuseAuthorize(
  visit: Visit,
  refusal: Refusal<AuthorizeRefusalKind>,
  { client, returnTo, parameters }: Partial<AuthorizeAttempt> = {},
): Outcome {
  const row = visit.environment.rules.authorize.errors.rows[refusal.kind]
  const description = row.description === undefined ? undefined : write(row.description, refusal)
  const error = write(row.error, refusal)
  const known = client ? { clientId: client.id } : {}
  const inDoubt = refusal.parameter === 'client_id'
  if (row.to === 'page' || inDoubt || returnTo === undefined) {
    return { response: showError(visit, refusal, { error, description }), refusal, ...known }
  }
  const state = parameters?.get('state')
  const callback = {
    error,
    ...(description === undefined ? {} : { error_description: description }),
    ...(state === undefined ? {} : { state }),
  }
  return { response: redirect(withParameters(returnTo, callback)), refusal, ...known }
}
