import { placeOf } from '../vocabulary/endpoint.ts'
import { readBody } from './parameters.ts'
import type { Visit } from './visit.ts'

/**
 * An authorization request that came by POST, as if it had come by GET (OpenID Connect Core §3.1.2.1), where the provider
 * takes those; nothing for the answer of a consent page, which is posted to the same URL.
 */
export function postedRequest(visit: Visit): Visit | undefined {
  const { request, environment, url } = visit
  const { alsoAt = [] } = environment.rules.authorize
  const isTaken = alsoAt.some((at) => placeOf(at).method === 'POST' && environment.urlOf(at) === url)
  if (request.method !== 'POST' || request.body === '' || !isTaken) return undefined
  const form = readBody(request, ['form'])
  if ('unreadable' in form || form.get('consent') !== undefined) return undefined
  const query = new URLSearchParams(request.body).toString()
  return { ...visit, query, request: { ...request, method: 'GET', body: '' } }
}
