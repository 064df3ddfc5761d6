import { parseCookie, stringifySetCookie } from 'cookie'
import { defaultName } from '../world/world.ts'
import type { Visit } from './visit.ts'

/** The mock's cookies: who has signed in, which client's owner has, and the token of the form that is open. */
export type CookieName = 'mock_oauth_session' | 'mock_oauth_owner' | 'mock_oauth_sign_in'

/** Worlds that are told apart by a header share a path, and the default one's may hold all the others. */
const nameIn = ({ name }: Visit['world'], cookie: CookieName): string =>
  name === defaultName ? cookie : `${cookie}.${name}`

/** Reads a cookie of the mock. */
export const readCookie = ({ request, world }: Visit, name: CookieName): string | undefined =>
  parseCookie(request.headers.cookie ?? '')[nameIn(world, name)]

/** Sets a cookie that is sent back to this environment's pages in this world only; an empty value removes it. */
export function setCookie(
  { address, url, world }: Visit,
  cookie: CookieName,
  value: string,
): readonly [string, string] {
  const path = new URL(address.publicUrl(`${new URL(url).origin}/`)).pathname
  const name = nameIn(world, cookie)
  return [
    'set-cookie',
    stringifySetCookie({ name, value, path, httpOnly: true, sameSite: 'lax', ...(value ? {} : { maxAge: 0 }) }),
  ]
}
