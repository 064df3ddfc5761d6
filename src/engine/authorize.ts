import type { Client } from '../store/store.ts'
import { fill } from '../vocabulary/answer.ts'
import type { AuthorizeCheck, AuthorizeErrors } from '../vocabulary/errors.ts'
import type { AuthorizeRefusalKind, Refusal } from '../vocabulary/refusal.ts'
import { scopesOf } from '../vocabulary/scope.ts'
import { redirect, withParameters } from './answers.ts'
import { type AuthorizeAttempt, gatherAuthorizeAttempt } from './authorize-attempt.ts'
import { refuseAuthorize } from './authorize-refusal.ts'
import { clientIsActive, clientIsNamed } from './checks/client.ts'
import { clientMayAskForACode } from './checks/grant.ts'
import { authorizeParametersAreComplete, responseTypeIsOffered } from './checks/parameters.ts'
import { challengeIsSound } from './checks/pkce.ts'
import { redirectUriIsRegistered, redirectUriIsSecure } from './checks/redirect-uri.ts'
import { scopeIsRegistered } from './checks/scope.ts'
import { userMayConnect } from './checks/user.ts'
import { askForConsent, takeAnswer } from './consent.ts'
import { startGrant } from './grant.ts'
import { withAllow } from './methods.ts'
import { judge } from './refusal.ts'
import { scopeSent, scopesAsked } from './scope-asked.ts'
import { findSession, sendToSignIn } from './session.ts'
import type { Decision, Outcome, Visit } from './visit.ts'
import { ownOf, usersOwnOf } from './writing.ts'

type Check = (attempt: AuthorizeAttempt) => Refusal<AuthorizeRefusalKind> | undefined

/** An attempt that passed every check so far. */
type Legitimate = AuthorizeAttempt & { client: Client; returnTo: string }

/** The steps in their usual order; a dialect may state another order, but leaves none out. */
const checks: Record<AuthorizeCheck, Check> = {
  client: clientIsNamed,
  'redirect-uri': redirectUriIsRegistered,
  'client-status': clientIsActive,
  parameters: authorizeParametersAreComplete,
  'response-type': responseTypeIsOffered,
  'client-grant': clientMayAskForACode,
  scope: scopeIsRegistered,
  challenge: challengeIsSound,
  'redirect-uri-scheme': redirectUriIsSecure,
}
const usualOrder = Object.keys(checks) as AuthorizeCheck[]

const steps = new WeakMap<AuthorizeErrors, { before: Check[]; after: Check[] }>()

/** The steps before a person is asked, and the ones after, as a dialect orders them. */
function stepsOf(errors: AuthorizeErrors): { before: Check[]; after: Check[] } {
  const known = steps.get(errors)
  if (known) return known
  const late: readonly AuthorizeCheck[] = errors.afterConsent ?? []
  const all = [...new Set([...(errors.order ?? []), ...usualOrder])]
  const made = {
    before: all.filter((name) => !late.includes(name)).map((name) => checks[name]),
    after: late.map((name) => checks[name]),
  }
  steps.set(errors, made)
  return made
}

/** The authorization endpoint (RFC 6749 §3.1): judge the request, then let a person decide. */
export async function authorize(visit: Visit): Promise<Outcome> {
  const attempt = await gatherAuthorizeAttempt(visit)
  const refusal = judge(attempt, stepsOf(attempt.rules.authorize.errors).before)
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
  return decision ? decide(visit, legitimate, decision) : askThePerson(visit, legitimate)
}

/** Lets the person at the browser sign in and decide. */
async function askThePerson(visit: Visit, attempt: Legitimate): Promise<Outcome> {
  const { client, rules, parameters } = attempt
  const session = await findSession(visit)
  // `prompt=none` asks for an answer without a page (OpenID Connect Core §3.1.2.1).
  const silent = rules.authorize.parameters.prompt && parameters.get('prompt') === 'none'
  if (!session)
    return silent ? refuseAuthorize(visit, { kind: 'login_required' }, attempt) : sendToSignIn(visit, client)
  const refused = userMayConnect(attempt, await visit.world.store.findUser(session.userId))
  if (refused) return refuseAuthorize(visit, refused, attempt)
  if (client.firstParty && rules.client.firstPartySkipsConsent) {
    return decide(visit, attempt, { decision: 'approve', userId: session.userId })
  }
  if (silent) return refuseAuthorize(visit, { kind: 'consent_required' }, attempt)
  return askForConsent(visit, client, scopesAsked(attempt, client), session)
}

/** Carries out what the person decided: back to the client with a code, or with `access_denied`. */
async function decide(visit: Visit, attempt: Legitimate, { decision, userId, scope }: Decision): Promise<Outcome> {
  const { client, parameters, returnTo, rules } = attempt
  const { world } = visit
  const id = userId ?? (await world.people())[0]?.id
  const user = id === undefined ? undefined : await world.store.findUser(id)
  const refused =
    userMayConnect(attempt, user) ??
    (decision === 'deny' ? { kind: 'access_denied' as const } : judge(attempt, stepsOf(rules.authorize.errors).after))
  // Where nobody has an account, nobody can approve.
  if (refused || !user) return refuseAuthorize(visit, refused ?? { kind: 'login_required' }, attempt)
  const asked = scopesAsked(attempt, client)
  const { grant, code } = await startGrant(visit, attempt, {
    scopeAsked: scopeSent(attempt) ?? asked.join(' '),
    scope: (scope === undefined ? asked : scopesOf(scope, rules.authorize.scopeSeparator)).join(' '),
    userId: user.id,
  })
  const callback = fill(rules.authorize.callback, {
    now: visit.now,
    clientId: client.id,
    scope: grant.scope,
    own: ownOf(world, grant),
    ofUser: usersOwnOf(world, grant),
    code: code.value,
    state: parameters.get('state'),
  })
  const location = withParameters(returnTo, callback)
  const { redirectStatus, redirectHeaders = {} } = rules.authorize
  return { response: redirect(location, Object.entries(redirectHeaders), redirectStatus), clientId: client.id }
}
