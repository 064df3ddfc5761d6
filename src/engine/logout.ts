import { logoutPage, signedOutPage } from '../pages/logout.ts'
import type { Client } from '../store/store.ts'
import type { PageRefusalKind, Refusal } from '../vocabulary/refusal.ts'
import { html, redirect, withParameters } from './answers.ts'
import { fitsUrl } from './body-limit.ts'
import { byGet } from './by-get.ts'
import { refusePage } from './error-page.ts'
import { issuerIfAny } from './issuer.ts'
import { wordsFor } from './language.ts'
import { openPage, takePage } from './open-page.ts'
import { newNonce } from './page-secrets.ts'
import { type Parameters, readBody, readForm } from './parameters.ts'
import { closeSession, findSession, type PersonSession } from './session.ts'
import { verifyOwn } from './signing-key.ts'
import type { Outcome, Visit } from './visit.ts'

/** Signs a person out because a client asks for it (OpenID Connect RP-Initiated Logout §2); no grant ends by it. */
export async function logout(visit: Visit): Promise<Outcome> {
  const { request, query } = visit
  const form = request.method === 'POST' ? readBody(request, ['form']) : undefined
  if (form && 'unreadable' in form) return refusePage(visit, form.unreadable)
  const page = form?.get('page_token')
  if (form && page === undefined) {
    const whole = String(new URLSearchParams(query === '' ? request.body : `${request.body}&${query}`))
    const tooLong = fitsUrl(whole)
    return tooLong ? refusePage(visit, tooLong) : byGet(visit, whole)
  }
  const asked = readForm(query)
  const named = await whoAsks(visit, asked)
  if ('kind' in named) return refusePage(visit, named)
  const { client, subject } = named
  const refused = uriIsRegistered(asked, client)
  if (refused) return { ...refusePage(visit, refused), ...known(client) }
  const session = await findSession(visit)
  if (page === undefined) {
    if (session && session.userId !== subject) return ask(visit, session, client)
  } else if (session && !(await takePage(visit, session, page))) {
    return ask(visit, session, client, true)
  }
  return signOut(visit, session, asked, client)
}

const known = (client: Client | undefined) => (client ? { clientId: client.id } : {})

/** The client that asks, and the person it means: by an ID token, else by the client's own word. */
async function whoAsks(
  visit: Visit,
  asked: Parameters,
): Promise<{ client: Client | undefined; subject?: unknown } | Refusal<PageRefusalKind>> {
  const { world, environment } = visit
  const [hint, id] = [asked.get('id_token_hint'), asked.get('client_id')]
  const find = (one: string) => world.store.findClient(environment.key, one)
  if (hint === undefined) return { client: id === undefined ? undefined : await find(id) }
  const claims = await verifyOwn(world, environment, hint)
  const client = typeof claims?.aud === 'string' ? await find(claims.aud) : undefined
  if (!claims || !client || claims.iss !== issuerIfAny(visit)) {
    return {
      kind: 'logout_hint_wrong',
      parameter: 'id_token_hint',
      expected: `an ID token of ${issuerIfAny(visit)}`,
      came: hint,
    }
  }
  if (id !== undefined && id !== client.id) {
    return { kind: 'logout_hint_wrong', parameter: 'client_id', expected: client.id, came: id }
  }
  return { client, subject: claims.sub }
}

/** Where the browser is to go afterwards is registered, character for character, with the client that is known to ask (§3). */
function uriIsRegistered(
  asked: Parameters,
  client: Client | undefined,
): Refusal<'logout_uri_unregistered'> | undefined {
  const uri = asked.get('post_logout_redirect_uri')
  const registered = client?.postLogoutRedirectUris ?? []
  if (uri === undefined || registered.includes(uri)) return undefined
  const expected = client
    ? registered.join(' or ') || 'none: no URI is registered'
    : 'id_token_hint or client_id, so that the client is known'
  return { kind: 'logout_uri_unregistered', parameter: 'post_logout_redirect_uri', expected, came: uri }
}

async function ask(
  visit: Visit,
  session: PersonSession,
  client: Client | undefined,
  isStale = false,
): Promise<Outcome> {
  const { environment, world, address, url, query } = visit
  const user = await world.store.findUser(session.userId)
  const nonce = newNonce(world)
  const body = logoutPage({
    nonce,
    provider: environment.name,
    words: wordsFor(visit),
    action: address.publicUrl(query === '' ? url : `${url}?${query}`),
    token: await openPage(visit, session),
    application: client?.name,
    user: user && { name: user.name, email: user.email, company: user.company },
    isStale,
  })
  const refusal = isStale ? { refusal: { kind: 'sign_in_stale' } as const } : {}
  return { response: html(200, body, nonce), ...refusal, ...known(client) }
}

/** Ends the session, if there is one, and sends the browser on. */
async function signOut(
  visit: Visit,
  session: PersonSession | undefined,
  asked: Parameters,
  client: Client | undefined,
): Promise<Outcome> {
  const { environment, world } = visit
  const cookies = session ? [await closeSession(visit, session)] : []
  const uri = asked.get('post_logout_redirect_uri')
  if (uri !== undefined) {
    const location = withParameters(uri, { state: asked.get('state') })
    return { response: redirect(location, cookies, environment.rules.authorize.redirectStatus), ...known(client) }
  }
  const nonce = newNonce(world)
  const body = signedOutPage({ nonce, provider: environment.name, words: wordsFor(visit) })
  return { response: html(200, body, nonce, cookies), ...known(client) }
}
