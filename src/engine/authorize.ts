import type { Client, User } from '../store/store.ts'
import { fill } from '../vocabulary/answer.ts'
import type { AuthorizeCheck, AuthorizeErrors } from '../vocabulary/errors.ts'
import type { AuthorizeRefusalKind, Refusal } from '../vocabulary/refusal.ts'
import { scopesOf } from '../vocabulary/scope.ts'
import { answerClient } from './answer-client.ts'
import { type AuthorizeAttempt, gatherAuthorizeAttempt } from './authorize-attempt.ts'
import { refuseAuthorize } from './authorize-refusal.ts'
import { fitsUrl } from './body-limit.ts'
import { byGet } from './by-get.ts'
import { clientIsActive, clientIsNamed } from './checks/client.ts'
import { clientMayAskForACode } from './checks/grant.ts'
import { authorizeParametersAreComplete, responseTypeIsOffered } from './checks/parameters.ts'
import { challengeIsSound } from './checks/pkce.ts'
import { promptIsSound, promptingOf } from './checks/prompt.ts'
import { answeredBefore, pushedRequestIsLive } from './checks/pushed-request.ts'
import { redirectUriIsRegistered, redirectUriIsSecure } from './checks/redirect-uri.ts'
import { responseModeIsOffered } from './checks/response-mode.ts'
import { scopeIsRegistered } from './checks/scope.ts'
import { userMayConnect } from './checks/user.ts'
import { askForConsent, decisionOf, takeAnswer } from './consent.ts'
import { startGrant } from './grant.ts'
import { issuerIfAny } from './issuer.ts'
import { withAllow } from './methods.ts'
import { requestOf } from './open-page.ts'
import { postedRequest } from './posted-request.ts'
import { judge } from './refusal.ts'
import { scopeSent, scopesAsked } from './scope-asked.ts'
import { findSession, type PersonSession, sendToSignIn } from './session.ts'
import { verifyOwn } from './signing-key.ts'
import type { Decision, Outcome, Visit } from './visit.ts'
import { ownOf, usersOwnOf } from './writing.ts'

type Check = (attempt: AuthorizeAttempt) => Refusal<AuthorizeRefusalKind> | undefined

/** An attempt that passed every check so far. */
type Legitimate = AuthorizeAttempt & { client: Client; returnTo: string }

/** The steps in their usual order; a dialect may state another order, but leaves none out. */
const checks: Record<AuthorizeCheck, Check> = {
  client: clientIsNamed,
  'pushed-request': pushedRequestIsLive,
  'redirect-uri': redirectUriIsRegistered,
  'client-status': clientIsActive,
  parameters: authorizeParametersAreComplete,
  'response-type': responseTypeIsOffered,
  'response-mode': responseModeIsOffered,
  prompt: promptIsSound,
  'client-grant': clientMayAskForACode,
  scope: scopeIsRegistered,
  challenge: challengeIsSound,
  'redirect-uri-scheme': redirectUriIsSecure,
}
const usualOrder = Object.keys(checks) as AuthorizeCheck[]

const steps = new WeakMap<AuthorizeErrors, { before: Check[]; after: Check[] }>()

/** The steps before a person is asked, and the ones after, as a dialect orders them. */
export function stepsOf(errors: AuthorizeErrors): { before: Check[]; after: Check[] } {
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
export async function authorize(sent: Visit): Promise<Outcome> {
  const posted = postedRequest(sent)
  const tooLong = posted && fitsUrl(posted.query)
  if (tooLong) return refuseAuthorize(sent, tooLong)
  // Where a page may be shown, the browser has to bring its cookies along.
  if (posted && !sent.decision && sent.world.consent === 'page') return byGet(sent, posted.query)
  const visit = posted ?? sent
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
    return 'decision' in answer ? decide(visit, legitimate, answer) : sendToSignIn(visit, client, [answer.leaving])
  }
  const { consent } = visit.world
  const decision = visit.decision ?? (consent === 'page' ? undefined : { decision: consent })
  return decision ? decide(visit, legitimate, decision) : askThePerson(visit, legitimate)
}

/** Lets the person at the browser sign in and decide. */
async function askThePerson(visit: Visit, attempt: Legitimate): Promise<Outcome> {
  const { client, rules } = attempt
  const { silent } = promptingOf(attempt)
  const session = await findSession(visit)
  if (!session || !isFresh(visit, attempt, session) || !(await isExpected(visit, attempt, session))) {
    return silent ? refuseForGood(visit, attempt, { kind: 'login_required' }) : sendToSignIn(visit, client)
  }
  const refused = userMayConnect(attempt, await visit.world.store.findUser(session.userId))
  if (refused) return refuseForGood(visit, attempt, refused)
  const unasked = client.firstParty && rules.client.firstPartySkipsConsent
  if (unasked || (silent && (await hasConsented(visit, attempt, session)))) {
    return decide(visit, attempt, await decisionOf(visit, session, 'approve'))
  }
  if (silent) return refuseForGood(visit, attempt, { kind: 'consent_required' })
  return askForConsent(visit, client, scopesAsked(attempt, client), session)
}

/** Whether a sign-in counts for a request: it is young enough, and the request itself led to it where that asks to sign in again (OpenID Connect Core §3.1.2.1). */
function isFresh(visit: Visit, attempt: Legitimate, { startedAt, signedInFor }: PersonSession): boolean {
  const { signInAgain, maxAge } = promptingOf(attempt)
  // No age at all would let nobody in: it means to sign in again.
  return (!signInAgain || signedInFor === requestOf(visit)) && (maxAge === 0 || visit.now - startedAt <= maxAge)
}

/** Whether the person signed in is the one of the ID token that the client sent along, where the provider reads that (OpenID Connect Core §3.1.2.1). */
async function isExpected({ world, environment }: Visit, attempt: Legitimate, { userId }: PersonSession) {
  const { idTokenHint } = promptingOf(attempt)
  return idTokenHint === undefined || (await verifyOwn(world, environment, idTokenHint))?.sub === userId
}

/** Whether the person has connected the client to all of these scopes already, where that counts. */
async function hasConsented({ world, environment, now }: Visit, attempt: Legitimate, { userId }: PersonSession) {
  const { client, rules } = attempt
  if (rules.authorize.silentConsent !== 'whileConnected') return false
  await world.store.sweep(now)
  const standing = await world.store.listStanding(environment.key)
  const asked = scopesAsked(attempt, client)
  return standing.some(
    (grant) =>
      grant.clientId === client.id &&
      grant.userId === userId &&
      asked.every((scope) => scopesOf(grant.scope).includes(scope)),
  )
}

/** A request that was pushed is answered once, whatever the answer (RFC 9126 §4); a refusal when it was before. */
async function spend({ world, now, exchange }: Visit, { pushed }: Legitimate) {
  if (!pushed || (await world.store.spendRequest(pushed.uri, { at: now, request: exchange }))) return undefined
  return answeredBefore(pushed.uri)
}

/** A refusal that answers the request, as a decision would. */
const refuseForGood = async (visit: Visit, attempt: Legitimate, refusal: Refusal<AuthorizeRefusalKind>) =>
  refuseAuthorize(visit, (await spend(visit, attempt)) ?? refusal, attempt)

/** Carries out what the person decided: back to the client with a code, or with `access_denied`. */
async function decide(visit: Visit, attempt: Legitimate, decision: Decision): Promise<Outcome> {
  const { client, parameters, returnTo, rules } = attempt
  const { world, now } = visit
  const user = await whoDecides(visit, attempt, decision)
  const refused =
    userMayConnect(attempt, user) ??
    (decision.decision === 'deny'
      ? { kind: 'access_denied' as const }
      : judge(attempt, stepsOf(rules.authorize.errors).after))
  // Where nobody has an account, nobody can approve.
  if (refused || !user) return refuseForGood(visit, attempt, refused ?? { kind: 'login_required' })
  const used = await spend(visit, attempt)
  if (used) return refuseAuthorize(visit, used, attempt)
  const asked = scopesAsked(attempt, client)
  const { scope, signedInAt } = decision
  const started = await startGrant(visit, attempt, {
    scopeAsked: scopeSent(attempt) ?? asked.join(' '),
    scope: (scope === undefined ? asked : scopesOf(scope, rules.authorize.scopeSeparator)).join(' '),
    userId: user.id,
    ...(signedInAt === undefined ? {} : { signedInAt }),
  })
  if (!started) return refuseAuthorize(visit, { kind: 'client_unknown' })
  const { grant, code } = started
  const callback = fill(rules.authorize.callback, {
    now,
    clientId: client.id,
    scope: grant.scope,
    own: ownOf(world, grant),
    ofUser: usersOwnOf(world, grant),
    code: code.value,
    state: parameters.get('state'),
    issuer: issuerIfAny(visit),
  })
  return { ...answerClient(visit, attempt, returnTo, callback), clientId: client.id }
}

/** The person who decides: the one named, else the one that the client expects, else the first. */
async function whoDecides({ world }: Visit, attempt: Legitimate, { userId }: Decision): Promise<User | undefined> {
  if (userId !== undefined) return world.store.findUser(userId)
  const { loginHint } = promptingOf(attempt)
  const people = await world.people()
  return people.find(({ email }) => email === loginHint) ?? people[0]
}
