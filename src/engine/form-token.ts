import { newPageSecret } from './page-secrets.ts'
import type { Parameters } from './parameters.ts'
import { readCookie, setCookie } from './session-cookie.ts'
import type { Visit } from './visit.ts'

/** The token of a form, and the cookie that it will be compared with. Kept while the browser keeps it, so that a page in another tab does not grow stale. */
export function formToken(visit: Visit): { token: string; cookie: readonly [string, string] } {
  const kept = readCookie(visit, 'mock_oauth_sign_in')
  const token = kept !== undefined && /^[a-z0-9]{32}$/.test(kept) ? kept : newPageSecret(visit.world)
  return { token, cookie: setCookie(visit, 'mock_oauth_sign_in', token) }
}

/** Whether a form comes from a page that this browser was shown. */
export function isFresh(visit: Visit, form: Parameters, field: string): boolean {
  const token = form.get(field)
  return token !== undefined && token === readCookie(visit, 'mock_oauth_sign_in')
}
