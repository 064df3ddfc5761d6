import { signInPage } from '../pages/sign-in.ts'
import type { Client, Session } from '../store/store.ts'
import type { Refusal, SignInRefusalKind } from '../vocabulary/refusal.ts'
import { html, redirect, withParameters } from './answers.ts'
import { showError } from './error-page.ts'
import { authorizationRequestOf, wordsFor } from './language.ts'
import { newNonce, newPageSecret } from './page-secrets.ts'
import { readBody } from './parameters.ts'
import { readCookie, setCookie } from './session-cookie.ts'
import type { Outcome, Visit } from './visit.ts'
import { carry, wayBack } from './way-back.ts'

const sessionLifetime = 24 * 3_600_000

/** The session of the browser, if it has signed in here and the session has not ended. */
export async function findSession(visit: Visit): Promise<Session | undefined> {
  const id = readCookie(visit, 'mock_oauth_session')
  const session = id === undefined ? undefined : await visit.world.store.findSession(id)
  return session && session.environment === visit.environment.key && session.expiresAt > visit.now ? session : undefined
}

/** Sends the browser to the sign-in page, which will lead back to this very authorization request. */
export function sendToSignIn(visit: Visit, client: Client): Outcome {
  const { rules, urls, routes } = visit.environment
  const { clientId, returnTo } = rules.signIn.carries
  const here = new URL(visit.url)
  const query = {
    ...(clientId === undefined ? {} : { [clientId]: client.id }),
    [returnTo]: carry(`${here.pathname}?${visit.query}`),
  }
  const onThisHost = here.origin + new URL(urls.signIn).pathname
  const page = routes.has(onThisHost) ? onThisHost : urls.signIn
  return { response: redirect(visit.address.publicUrl(withParameters(page, query))), clientId: client.id }
}

/** The sign-in page: shows who has an account, checks e-mail address and password, and leads back. */
export async function signIn(visit: Visit): Promise<Outcome> {
  const back = wayBack(visit)
  if (back === undefined) return refuseSignIn(visit, { kind: 'return_to_foreign', parameter: 'return_to' })
  if (visit.request.method !== 'POST') return showSignIn(visit)

  const { fields } = visit.environment.rules.signIn
  const form = readBody(visit.request, ['form'])
  if ('unreadable' in form || !isFresh(visit, form.get(fields.token))) {
    return showSignIn(visit, { kind: 'sign_in_stale', parameter: fields.token })
  }
  const [email, password] = [form.get(fields.email), form.get(fields.password)]
  const person = (await visit.world.people()).find((one) => one.email === email && one.password === password)
  if (!person) return showSignIn(visit, { kind: 'sign_in_wrong', parameter: fields.email }, email)
  const session: Session = {
    id: newPageSecret(visit.world),
    environment: visit.environment.key,
    userId: person.id,
    expiresAt: visit.now + sessionLifetime,
  }
  await visit.world.store.putSession(session)
  const cookies = [setCookie(visit, 'mock_oauth_session', session.id), setCookie(visit, 'mock_oauth_sign_in', '')]
  return { response: redirect(visit.address.publicUrl(back), cookies) }
}

/** Whether the form comes from a page that this browser was shown. */
function isFresh(visit: Visit, token: string | undefined): boolean {
  return token !== undefined && token === readCookie(visit, 'mock_oauth_sign_in')
}

async function showSignIn(visit: Visit, refusal?: Refusal<SignInRefusalKind>, email?: string): Promise<Outcome> {
  const { environment, world, address, url, query } = visit
  const { signIn } = environment.rules
  const words = wordsFor(visit)
  // Kept while the browser keeps it, so that a page in another tab does not grow stale.
  const kept = readCookie(visit, 'mock_oauth_sign_in')
  const token = kept !== undefined && /^[a-z0-9]{32}$/.test(kept) ? kept : newPageSecret(world)
  const clientId = authorizationRequestOf(visit).get('client_id')
  const client = clientId === undefined ? undefined : await world.store.findClient(environment.key, clientId)
  const nonce = newNonce(world)
  const body = signInPage({
    nonce,
    provider: environment.name,
    words,
    action: address.publicUrl(`${url}?${query}`),
    fields: signIn.fields,
    token,
    application: client?.name,
    people: await world.people(),
    failure:
      refusal?.kind === 'sign_in_wrong'
        ? { because: signIn.failure, language: 'en', email }
        : refusal && { because: words.signInStale, language: words.language, email },
  })
  const cookie = setCookie(visit, 'mock_oauth_sign_in', token)
  return { response: html(200, body, nonce, [cookie]), ...(refusal ? { refusal } : {}) }
}

/** A refusal of the sign-in page. */
export const refuseSignIn = (visit: Visit, refusal: Refusal<SignInRefusalKind>): Outcome => ({
  response: showError(visit, refusal, { error: 'invalid_request', description: undefined }),
  refusal,
})
