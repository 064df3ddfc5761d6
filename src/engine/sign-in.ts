import * as base64url from 'jose/base64url'
import { signInPage } from '../pages/sign-in.ts'
import type { Client, Session } from '../store/store.ts'
import { placeOf } from '../vocabulary/endpoint.ts'
import type { Refusal, SignInRefusalKind } from '../vocabulary/refusal.ts'
import { html, redirect, withParameters } from './answers.ts'
import { showError } from './error-page.ts'
import { readBody, readForm } from './parameters.ts'
import { readCookie, setCookie } from './session-cookie.ts'
import { newNonce, type Outcome, type Visit } from './visit.ts'

const sessionLifetime = 24 * 3_600_000
const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** The session of the browser, if it has signed in here and the session has not ended. */
export async function findSession(visit: Visit): Promise<Session | undefined> {
  const id = readCookie(visit, 'mock_oauth_session')
  const session = id === undefined ? undefined : await visit.world.store.findSession(id)
  return session && session.environment === visit.environment.key && session.expiresAt > visit.now ? session : undefined
}

/** Sends the browser to the sign-in page, which will lead back to this very authorization request. */
export function sendToSignIn(visit: Visit, client: Client): Outcome {
  const { signIn } = visit.environment.rules
  const { origin, pathname } = new URL(visit.url)
  const back = base64url.encode(`${pathname}?${visit.query}`)
  const padded = back.padEnd(Math.ceil(back.length / 4) * 4, '=')
  const page = origin + new URL(placeOf(signIn.at).url).pathname
  const query = { [signIn.carries.clientId]: client.id, [signIn.carries.returnTo]: padded }
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
  if (!person) return showSignIn(visit, { kind: 'sign_in_wrong', parameter: fields.email })
  const session: Session = {
    id: visit.world.chance.pages.string(alphabet, 32),
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

/** The authorization request to go back to; nothing else is ever gone back to. */
function wayBack(visit: Visit): string | undefined {
  const { environment, query, url } = visit
  const carried = readForm(query).get(environment.rules.signIn.carries.returnTo)
  if (carried === undefined) return undefined
  try {
    const path = new TextDecoder().decode(base64url.decode(carried.replace(/=+$/, '')))
    const question = path.indexOf('?')
    const target = new URL(url).origin + (question < 0 ? path : path.slice(0, question))
    const route = environment.routes.get(target)?.get('GET')
    if (route?.endpoint !== 'authorize') return undefined
    return question < 0 ? target : new URL(target + path.slice(question)).href
  } catch {
    return undefined
  }
}

async function showSignIn(visit: Visit, refusal?: Refusal<SignInRefusalKind>): Promise<Outcome> {
  const { environment, world, address, url, query } = visit
  const token = world.chance.pages.string(alphabet, 32)
  const nonce = newNonce(visit)
  const body = signInPage({
    nonce,
    provider: environment.name,
    action: address.publicUrl(`${url}?${query}`),
    fields: environment.rules.signIn.fields,
    token,
    people: await world.people(),
    failure: refusal
      ? refusal.kind === 'sign_in_wrong'
        ? environment.rules.signIn.failure
        : 'This page was open for too long. Please sign in again.'
      : undefined,
  })
  const cookie = setCookie(visit, 'mock_oauth_sign_in', token)
  return { response: html(200, body, nonce, [cookie]), ...(refusal ? { refusal } : {}) }
}

/** A refusal of the sign-in page. */
export function refuseSignIn(visit: Visit, refusal: Refusal<SignInRefusalKind>): Outcome {
  const status = refusal.kind === 'method_not_allowed' ? 405 : refusal.kind === 'body_too_large' ? 413 : 400
  return { response: showError(visit, refusal, { error: 'invalid_request', description: undefined }, status), refusal }
}
