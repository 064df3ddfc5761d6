import type { Environment } from '../vocabulary/environment.ts'
import type { EndpointName } from '../vocabulary/routes.ts'
import type { HttpRequest, HttpResponse } from '../vocabulary/wire.ts'
import { opensTo } from './cross-origin.ts'

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
  { status, headers, body, delivery }: HttpResponse,
  request: HttpRequest,
  environment: Environment | undefined,
  endpoint: EndpointName | undefined,
  now: number,
): HttpResponse {
  const added: [string, string][] = [['date', dateOf(now)]]
  // Twice the same value is none that a browser takes.
  const isSaid = () => headers.some(([name]) => name === 'access-control-allow-origin')
  if (opensTo(request, environment, endpoint) && !isSaid()) added.push(['access-control-allow-origin', '*'])
  const sent = { status, headers: [...headers, ...added], body: request.method === 'HEAD' ? '' : body }
  return delivery ? { ...sent, delivery } : sent
}
