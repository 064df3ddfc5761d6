import type { Client, Session } from '../store/store.ts'
import type { HttpResponse } from '../vocabulary/wire.ts'
import { redirect, withParameters } from './answers.ts'
import { pageHere } from './page-here.ts'
import { newPageSecret } from './page-secrets.ts'
import { type CookieName, readCookie, setCookie } from './session-cookie.ts'
import type { Outcome, Visit } from './visit.ts'
import { carry } from './way-back.ts'

const lifetime = 24 * 3_600_000

/** The session of a person. */
export type PersonSession = Session & { readonly userId: string }
/** The session of a client's owner. */
export type OwnerSession = Session & { readonly clientId: string }

/** The session of the browser, if a person has signed in here and the session has not ended. */
export async function findSession(visit: Visit): Promise<PersonSession | undefined> {
  const session = await find(visit, 'mock_oauth_session')
  return session?.userId === undefined ? undefined : { ...session, userId: session.userId }
}

/** The session of the browser, if the owner of a client has identified it here and the session has not ended. */
export async function findOwnerSession(visit: Visit): Promise<OwnerSession | undefined> {
  const session = await find(visit, 'mock_oauth_owner')
  return session?.clientId === undefined ? undefined : { ...session, clientId: session.clientId }
}

async function find(visit: Visit, cookie: CookieName): Promise<Session | undefined> {
  const id = readCookie(visit, cookie)
  const session = id === undefined ? undefined : await visit.world.store.findSession(id)
  return session && session.environment === visit.environment.key && session.expiresAt > visit.now ? session : undefined
}

const cookieOf = ({ userId }: { userId?: string }): CookieName =>
  userId === undefined ? 'mock_oauth_owner' : 'mock_oauth_session'

/** Signs the browser in and sends it on, to a URL of the provider; the form that did it is spent. */
export async function openSession(
  visit: Visit,
  whose: { userId: string; signedInFor: string } | { clientId: string },
  next: string,
): Promise<Outcome> {
  const { world, environment, now, address } = visit
  const session: Session = {
    id: newPageSecret(world),
    environment: environment.key,
    startedAt: now,
    expiresAt: now + lifetime,
    ...whose,
  }
  await world.store.putSession(session)
  const cookies = [setCookie(visit, cookieOf(session), session.id), setCookie(visit, 'mock_oauth_sign_in', '')]
  return { response: redirect(address.publicUrl(next), cookies) }
}

/** Signs the browser out; answers the header that takes its cookie away. No grant ends by it. */
export async function closeSession(visit: Visit, session: Session): Promise<readonly [string, string]> {
  await visit.world.store.removeSession(session.id)
  return setCookie(visit, cookieOf(session), '')
}

/** Sends the browser to the sign-in page, which will lead back to this very request. */
export function sendToSignIn(visit: Visit, client?: Client, cookies: HttpResponse['headers'] = []): Outcome {
  const { rules, urls } = visit.environment
  const { clientId, returnTo } = rules.signIn.carries
  const { pathname } = new URL(visit.url)
  const query = {
    ...(clientId === undefined || !client ? {} : { [clientId]: client.id }),
    [returnTo]: carry(visit.query === '' ? pathname : `${pathname}?${visit.query}`),
  }
  const page = pageHere(visit, urls.signIn)
  return {
    response: redirect(visit.address.publicUrl(withParameters(page, query)), cookies),
    ...(client && { clientId: client.id }),
  }
}
