import type { Environment } from '../vocabulary/environment.ts'
import type { EndpointName } from '../vocabulary/routes.ts'
import type { HttpRequest, HttpResponse } from '../vocabulary/wire.ts'
import { isOpenToScripts } from './methods.ts'

// A cache and nothing more: what is written depends on the time given alone.
let lastSecond = Number.NaN
let lastDate = ''

/** The Date header, written once a second. */
function dateOf(now: number): string {
  const second = Math.floor(now / 1000)
  if (second !== lastSecond) {
    lastSecond = second
    lastDate = new Date(second * 1000).toUTCString()
  }
  return lastDate
}

/** The headers that every answer has; no body for HEAD. */
export function finish(
  { status, headers, body }: HttpResponse,
  { method, headers: { origin } }: HttpRequest,
  environment: Environment | undefined,
  endpoint: EndpointName | undefined,
  now: number,
): HttpResponse {
  const added: [string, string][] = [['date', dateOf(now)]]
  const has = (header: string, text: string) =>
    headers.some(([name, value]) => name === header && value.startsWith(text))
  // A page is a person's: a script of another origin would read who has an account here, passwords and all.
  const isPage = has('content-type', 'text/html')
  const open = origin !== undefined && environment !== undefined && isOpenToScripts(environment, endpoint) && !isPage
  // Twice the same value is none that a browser takes.
  if (open && !has('access-control-allow-origin', '')) added.push(['access-control-allow-origin', '*'])
  return { status, headers: [...headers, ...added], body: method === 'HEAD' ? '' : body }
}
