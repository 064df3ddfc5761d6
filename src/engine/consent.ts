import { consentPage } from '../pages/consent.ts'
import type { Client } from '../store/store.ts'
import type { Refusal } from '../vocabulary/refusal.ts'
import { html } from './answers.ts'
import { wordsFor } from './language.ts'
import { openPage, takePage } from './open-page.ts'
import { newNonce } from './page-secrets.ts'
import { readBody } from './parameters.ts'
import { closeSession, findSession, type PersonSession } from './session.ts'
import type { Decision, Outcome, Visit } from './visit.ts'

/**
 * The consent page: who asks, for what, on which account.
 * @param userCode what a device shows, for the person to compare
 */
export async function askForConsent(
  visit: Visit,
  client: Client,
  asked: readonly string[],
  session: PersonSession,
  userCode?: string,
): Promise<Outcome> {
  const { environment, world, address, url, query } = visit
  const user = await world.store.findUser(session.userId)
  const id = await openPage(visit, session)
  const nonce = newNonce(world)
  const known = environment.rules.scopes
  const scopes = asked.map((name) => ({ name, words: Object.hasOwn(known, name) ? known[name] : undefined }))
  const body = consentPage({
    nonce,
    provider: environment.name,
    words: wordsFor(visit),
    application: client.name,
    action: address.publicUrl(`${url}?${query}`),
    consent: id,
    user: user && { name: user.name, email: user.email, company: user.company },
    scopes,
    userCode,
  })
  return { response: html(200, body, nonce), clientId: client.id }
}

/** What the person of a session has decided; having signed in for this request counts no longer. */
export async function decisionOf(
  { world }: Visit,
  { id, userId, startedAt }: PersonSession,
  decision: Decision['decision'],
): Promise<Decision> {
  await world.store.settleSession(id)
  return { decision, userId, signedInAt: startedAt }
}

/** Reads what the person clicked; `leaving` takes the cookie of an account that is to be another. A page's answer counts once, in the browser that it was shown to, for its own request. */
export async function takeAnswer(
  visit: Visit,
): Promise<Decision | { leaving: readonly [string, string] } | Refusal<'method_not_allowed' | 'consent_expired'>> {
  const form = readBody(visit.request, ['form'])
  const id = 'unreadable' in form ? undefined : form.get('consent')
  if ('unreadable' in form || id === undefined) return { kind: 'method_not_allowed', came: 'POST', expected: 'GET' }
  const session = await findSession(visit)
  const counts = await takePage(visit, session, id)
  if (!session || !counts) return { kind: 'consent_expired' }
  if (form.get('decision') === 'switch') return { leaving: await closeSession(visit, session) }
  return decisionOf(visit, session, form.get('decision') === 'approve' ? 'approve' : 'deny')
}
