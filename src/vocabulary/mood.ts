import type { Fault } from './fault.ts'
import { MockOAuthError } from './misuse.ts'

/** A manner in which a provider behaves by chance, all of it permitted by a text. */
export type Mood = 'hostile' | `hostile:${number}`

const usualRate = 0.1

/** What is permitted and rarely tried, with how often it happens beside the others and who permits it. */
const hostile: readonly { readonly fault: Fault; readonly weight: number; readonly cites: string }[] = [
  {
    fault: { on: 'token', kind: 'replace', fields: { token_type: 'BEARER' } },
    weight: 1,
    cites: 'RFC 6749 §5.1: the value of token_type is case insensitive',
  },
  {
    fault: { on: 'token', kind: 'replace', fields: { hint: { nested: [null, { deeper: true }] } } },
    weight: 1,
    cites: 'RFC 6749 §5.1: a client ignores names that it does not know',
  },
  {
    fault: { on: 'token', kind: 'omit', fields: ['expires_in'] },
    weight: 1,
    cites: 'RFC 6749 §5.1: expires_in is recommended, not required',
  },
  {
    fault: { on: 'token', kind: 'replace', lengths: { access_token: 2_048 } },
    weight: 1,
    cites: 'RFC 6749 §5.1: the sizes of tokens are left undefined',
  },
  {
    fault: { on: 'token', kind: 'contentType', value: 'Application/JSON' },
    weight: 1,
    cites: 'RFC 9110 §8.3.1: media types are case-insensitive',
  },
  {
    fault: { on: 'authorize', kind: 'replace', lengths: { code: 512 } },
    weight: 1,
    cites: 'RFC 6749 §4.1.2: a client makes no assumptions about the size of a code',
  },
  {
    fault: { on: 'authorize', kind: 'replace', fields: { session_state: 'a/b+c=' } },
    weight: 1,
    cites: 'RFC 6749 §4.1.2: a client ignores parameters that it does not know',
  },
  {
    fault: { on: 'authorize', kind: 'error', refusal: 'temporarily_unavailable' },
    weight: 0.5,
    cites: 'RFC 6749 §4.1.2.1: temporarily_unavailable',
  },
  {
    fault: { on: 'token', kind: 'rateLimit', retryAfter: '1s' },
    weight: 0.5,
    cites: 'RFC 6585 §4: too many requests, with Retry-After in seconds',
  },
  {
    fault: { on: 'api', kind: 'rateLimit', retryAfter: '1s', form: 'date' },
    weight: 0.5,
    cites: 'RFC 9110 §10.2.3: Retry-After as a date',
  },
  {
    fault: { on: 'token', kind: 'status', status: 503, headers: { 'retry-after': '1' } },
    weight: 0.5,
    cites: 'RFC 9110 §15.6.4: service unavailable, with Retry-After',
  },
  {
    fault: { on: 'revoke', kind: 'status', status: 503, headers: { 'retry-after': '1' } },
    weight: 1,
    cites: 'RFC 7009 §2.2.1: after 503 the token still exists',
  },
  {
    fault: { on: 'api', kind: 'expireEarly' },
    weight: 1,
    cites: 'RFC 6750 §3.1: a token may be expired, revoked or invalid for other reasons',
  },
  {
    fault: { on: 'token', kind: 'close' },
    weight: 1,
    cites: 'RFC 9112 §9.5: a server may close a connection at any time',
  },
  {
    fault: { on: 'api', kind: 'close' },
    weight: 1,
    cites: 'RFC 9112 §9.5: a server may close a connection at any time',
  },
  {
    fault: { on: 'token:refresh_token', kind: 'drop', at: 'after' },
    weight: 0.5,
    cites: 'RFC 9112 §9.5: a connection may close before the answer, whatever was done',
  },
]

/**
 * What a mood does, as faults left to chance.
 * @throws {MockOAuthError} `invalid_option`
 */
export function moodFaults(mood: string): readonly Fault[] {
  const [, given] = /^hostile(?::(0?\.\d+|1|0))?$/.exec(mood) ?? []
  if (!/^hostile(:|$)/.test(mood) || (mood.includes(':') && given === undefined)) {
    const message = `"${mood}" is no mood. Expected hostile, or with how likely each act is, hostile:0.05.`
    throw new MockOAuthError('invalid_option', message)
  }
  const rate = given === undefined ? usualRate : Number(given)
  return hostile.map(({ fault, weight, cites }) => ({ ...fault, rate: Math.min(1, rate * weight), cites }))
}
