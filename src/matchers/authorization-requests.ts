import { pairsOfJson } from '../engine/sent-secrets.ts'
import { splitUrl } from '../engine/url.ts'
import type { Exchange } from '../world/journal.ts'

/** An authorization request as the client wrote it, at the browser or pushed (RFC 6749 §4.1.1, RFC 9126 §2.1). */
export interface AuthorizationRequest {
  readonly exchange: Exchange
  readonly parameters: URLSearchParams
}

/** The authorization requests among exchanges; what stands for a pushed one at the browser is none. */
export const authorizationRequests = (exchanges: readonly Exchange[]): readonly AuthorizationRequest[] =>
  exchanges
    .filter(({ endpoint }) => endpoint === 'authorize' || endpoint === 'pushed-request')
    .map((exchange) => ({ exchange, parameters: parametersOf(exchange) }))
    .filter(({ exchange: { endpoint }, parameters }) => endpoint === 'pushed-request' || !parameters.has('request_uri'))

function parametersOf({ request: { url, body } }: Exchange): URLSearchParams {
  const json = pairsOfJson(body)
  const sent = json.length > 0 ? json : [...new URLSearchParams(body)]
  return new URLSearchParams([...new URLSearchParams(splitUrl(url).query), ...sent])
}

/** The `state` with which an answer took a code back to the client; nothing where it did not. */
export function stateOnTheWayBack({ response, posted }: Exchange): string | undefined {
  const location = response.headers.find(([name]) => name.toLowerCase() === 'location')?.[1] ?? ''
  const [, query = ''] = location.split(/[?#]/)
  const back = posted ? new URLSearchParams(posted.fields) : new URLSearchParams(query)
  return back.has('code') ? (back.get('state') ?? undefined) : undefined
}
