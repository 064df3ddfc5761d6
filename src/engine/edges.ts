import type { Environment, Route } from '../vocabulary/environment.ts'
import type { HttpRequest, HttpResponse } from '../vocabulary/wire.ts'
import { empty } from './answers.ts'
import type { Outcome } from './visit.ts'

/** The largest request body, in bytes. */
export const largestBody = 1_000_000

/** Whether a body is over 1 MB as UTF-8. */
export const isTooLarge = (body: string): boolean =>
  body.length > largestBody || (body.length * 3 > largestBody && new TextEncoder().encode(body).length > largestBody)

/** The methods that an endpoint takes, as the Allow header lists them (RFC 9110 §10.2.1). */
export const methodsOf = (routes: ReadonlyMap<string, Route>): string =>
  [...routes.keys()].flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ')

/** A refused method's answer names the ones that are taken (RFC 9110 §15.5.6). */
export const withAllow = ({ response, ...rest }: Outcome, methods: string): Outcome => ({
  ...rest,
  response: { ...response, headers: [...response.headers, ['allow', `${methods}, OPTIONS`]] },
})

/** Answers OPTIONS: the methods, and for a script of another origin whether it may read answers. */
export function preflight({ headers }: HttpRequest, environment: Environment, allowed: string): Outcome {
  const open = environment.rules.crossOrigin === 'allowed' && headers.origin !== undefined
  const asked = headers['access-control-request-headers']
  return {
    response: empty(204, [
      ['allow', `${allowed}, OPTIONS`],
      ...(open ? ([['access-control-allow-methods', allowed]] as const) : []),
      ...(open && asked ? ([['access-control-allow-headers', asked]] as const) : []),
    ]),
  }
}

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
  now: number,
): HttpResponse {
  const added: [string, string][] = [['date', dateOf(now)]]
  if (origin !== undefined && environment?.rules.crossOrigin === 'allowed')
    added.push(['access-control-allow-origin', '*'])
  return { status, headers: [...headers, ...added], body: method === 'HEAD' ? '' : body }
}
