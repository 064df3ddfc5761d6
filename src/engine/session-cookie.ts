import { parseCookie, stringifySetCookie } from 'cookie'
import type { Visit } from './visit.ts'

/** The mock's cookies: who has signed in, which client's owner has, and the token of the form that is open. */
export type CookieName = 'mock_oauth_session' | 'mock_oauth_owner' | 'mock_oauth_sign_in'

/** Reads a cookie of the mock. */
export const readCookie = ({ request }: Visit, name: CookieName): string | undefined =>
  parseCookie(request.headers.cookie ?? '')[name]

/** Sets a cookie that is sent back to this environment's pages only; an empty value removes it. */
export function setCookie({ address, url }: Visit, name: CookieName, value: string): readonly [string, string] {
  const path = new URL(address.publicUrl(`${new URL(url).origin}/`)).pathname
  return [
    'set-cookie',
    stringifySetCookie({ name, value, path, httpOnly: true, sameSite: 'lax', ...(value ? {} : { maxAge: 0 }) }),
  ]
}
