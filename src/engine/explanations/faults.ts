import type { FaultKind, WebhookFaultKind } from '../../vocabulary/fault.ts'
import type { Rotation } from '../../vocabulary/rotation.ts'
import { retryOf } from './retry.ts'

/** A call that was struck. */
export interface StruckCall {
  readonly endpoint: string | undefined
  readonly grantType: string | undefined
  /** Whether the work was done. */
  readonly isDone: boolean
  /** Whether the work came to a refusal. */
  readonly isRefused: boolean
  /** Whether what was done issued a refresh token. */
  readonly isRenewed: boolean
  /** What the provider does with a refresh token that is used. */
  readonly rotation: Rotation | undefined
  /** What a second use of a code costs. */
  readonly replay: 'refused' | 'familyRevoked'
}

/** What a client does about a fault in its call; one entry for each kind. */
export const faultAdvice: Readonly<Record<FaultKind, (call: StruckCall) => string>> = {
  error: () => 'The refusal is the real one of the provider, given without its reason: what mends it is said above.',
  status: (call) => `Look at the status before the body, and at the body before its fields. ${retryOf(call)}`,
  delay: (call) => `Wait as long as your own timeout, and take what did not come by then as lost. ${retryOf(call)}`,
  hang: (call) => `Give every call a timeout: nothing else ends this one. ${retryOf(call)}`,
  drop: (call) => retryOf(call),
  truncate: (call) => `Take a body that is shorter than its Content-Length as lost (RFC 9112 §8). ${retryOf(call)}`,
  slow: (call) => `Let the timeout cover the whole answer, not its first byte alone. ${retryOf(call)}`,
  close: () =>
    'Open a new connection where a kept one turns out to be closed, and send again by itself only what is idempotent; a token request is not (RFC 9112 §9.3.1).',
  malformed: (call) =>
    `Take a body that cannot be read as lost; a byte order mark may be skipped (RFC 8259 §8.1). ${retryOf(call)}`,
  html: (call) => `Look at Content-Type before you parse, and take a page of a proxy as lost. ${retryOf(call)}`,
  empty: (call) => `Take an answer without a body as lost, whatever its status. ${retryOf(call)}`,
  contentType: () => 'Decide by the body whether it is JSON, or take the answer as lost; never pass it on unread.',
  rateLimit: () =>
    'Wait as Retry-After says, in seconds or until its date; without one, longer each time (RFC 6585 §4, RFC 9110 §10.2.3).',
  redirect: () =>
    'Follow no redirect of a request that carries secrets: 307 and 308 send the body again to another origin (RFC 9110 §15.4.8, RFC 9700 §4.12).',
  omit: () =>
    'Go on with what is there: without refresh_token keep the old one (RFC 6749 §6), without scope it is the one asked for (§5.1); refuse an answer without access_token.',
  replace: () =>
    'Check the type of each field before you store it, compare token_type without regard to case, and pass over fields that you do not know (RFC 6749 §5.1).',
  tamper: ({ endpoint }) =>
    endpoint === 'authorize'
      ? 'Compare state and iss with what the request had, and drop a callback that differs (RFC 6749 §10.12, RFC 9207 §2.4).'
      : 'What was issued is not what came: expect the next call to be refused, and ask the user to authorize again.',
  expireEarly: () =>
    'Take the 401 of the API as the end of a token, whatever expires_in said: refresh once, repeat the call once (RFC 6750 §3.1).',
  hold: () =>
    'Let one caller at a time refresh, and the others wait for what it brings: which of several arrives first is not theirs to say.',
}

/** What a receiver does about a fault in a delivery; one entry for each kind. */
export const webhookFaultAdvice: Readonly<Record<WebhookFaultKind, string>> = {
  drop: 'Do not count on being told: a token that is refused tells the same.',
  delay: 'Ask for the state as it is now; what an event tells may be long over.',
  duplicate: 'Know an event by its id, and take each once.',
  reorder: 'Order events by the time that they tell, not by their arrival.',
  early: 'Be ready for an event about a connection that your own call has not yet returned.',
  wrongSignature: 'Compare the signature before anything else, and refuse what does not match.',
  noSignature: 'Refuse what is not signed, where deliveries are.',
  replay: 'Refuse a signature whose time is long past, and an event whose id came before.',
  newSecret: 'Take the old and the new secret for as long as a rotation lasts.',
}
