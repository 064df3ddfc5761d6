import { consentPage } from '../pages/consent.ts'
import type { Client, Session } from '../store/store.ts'
import type { AuthorizeRefusalKind, Refusal } from '../vocabulary/refusal.ts'
import { html } from './answers.ts'
import { wordsFor } from './language.ts'
import { newNonce, newPageSecret } from './page-secrets.ts'
import { readBody } from './parameters.ts'
import { findSession } from './sign-in.ts'
import type { Decision, Outcome, Visit } from './visit.ts'

const pageLifetime = 30 * 60_000

const requestOf = ({ url, query }: Visit) => `${url}?${query}`

/** The consent page: who asks, for what, on which account. */
export async function askForConsent(
  visit: Visit,
  client: Client,
  asked: readonly string[],
  session: Session,
): Promise<Outcome> {
  const { environment, world, address, now } = visit
  const user = await world.store.findUser(session.userId)
  const id = newPageSecret(world)
  await world.store.putConsent({ id, sessionId: session.id, request: requestOf(visit), expiresAt: now + pageLifetime })
  const nonce = newNonce(world)
  const known = environment.rules.scopes
  const scopes = asked.map((name) => ({ name, words: Object.hasOwn(known, name) ? known[name] : undefined }))
  const body = consentPage({
    nonce,
    provider: environment.name,
    words: wordsFor(visit),
    application: client.name,
    action: address.publicUrl(requestOf(visit)),
    consent: id,
    user: user && { name: user.name, email: user.email, company: user.company },
    scopes,
  })
  return { response: html(200, body, nonce), clientId: client.id }
}

/** Reads what the person clicked. A page's answer counts once, in the browser that it was shown to, for its own request. */
export async function takeAnswer(
  visit: Visit,
): Promise<Decision | { switchAccount: true } | Refusal<AuthorizeRefusalKind>> {
  const { request, world, now } = visit
  const form = readBody(request, ['form'])
  const id = 'unreadable' in form ? undefined : form.get('consent')
  if ('unreadable' in form || id === undefined) return { kind: 'method_not_allowed', came: 'POST', expected: 'GET' }
  const session = await findSession(visit)
  const consent = await world.store.takeConsent(id)
  if (!session || !consent || consent.sessionId !== session.id || consent.request !== requestOf(visit)) {
    return { kind: 'consent_expired' }
  }
  if (consent.expiresAt <= now) return { kind: 'consent_expired' }
  switch (form.get('decision')) {
    case 'approve':
      return { decision: 'approve', userId: session.userId }
    case 'switch':
      await world.store.removeSession(session.id)
      return { switchAccount: true }
    default:
      return { decision: 'deny', userId: session.userId }
  }
}
