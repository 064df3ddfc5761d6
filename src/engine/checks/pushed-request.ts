import type { Refusal } from '../../vocabulary/refusal.ts'
import type { AuthorizeAttempt } from '../authorize-attempt.ts'
import { isOver, useBefore } from './lifetime.ts'

type Kind =
  | 'parameter_repeated'
  | 'request_uri_unknown'
  | 'request_uri_of_another_client'
  | 'request_uri_used'
  | 'request_uri_expired'

/** A request that was pushed (RFC 9126 §4) is this client's, not too old and not yet answered. */
export function pushedRequestIsLive({
  requestUri,
  repeated,
  pushed,
  client,
  now,
}: AuthorizeAttempt): Refusal<Kind> | undefined {
  if (requestUri === undefined) return undefined
  if (repeated !== undefined) return { kind: 'parameter_repeated', parameter: repeated, expected: 'sent once' }
  const about = { parameter: 'request_uri', came: requestUri }
  if (!pushed) return { kind: 'request_uri_unknown', ...about, expected: 'a request URI that was given out' }
  if (pushed.clientId !== client?.id) {
    return { kind: 'request_uri_of_another_client', ...about, expected: 'an own request URI' }
  }
  if (pushed.spent) return answeredBefore(requestUri)
  if (isOver(pushed, now)) {
    return { kind: 'request_uri_expired', ...about, rule: 'pushedRequests.lifetime', expected: useBefore(pushed) }
  }
  return undefined
}

/** The refusal of a pushed request that has had its one answer, however close before (RFC 9126 §4). */
export const answeredBefore = (requestUri: string): Refusal<'request_uri_used'> => ({
  kind: 'request_uri_used',
  parameter: 'request_uri',
  came: requestUri,
  expected: 'a request that was not answered before',
})
