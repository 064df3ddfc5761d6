import { explanations } from '../engine/explanations.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'
import type { RefusalKind } from '../vocabulary/refusal.ts'
import { didYouMean } from '../vocabulary/suggestion.ts'
import type { Exchange } from '../world/journal.ts'
import { authorizationRequests, stateOnTheWayBack } from './authorization-requests.ts'
import { type Judged, judged, outcomeOf, type Whose } from './judged.ts'
import { timesOf, type Verdict, verdict } from './verdict.ts'

/** Which calls of the API count. */
export interface WhichCalls extends Whose {
  /** Only those that were answered by this status. */
  readonly status?: number
}

/** What a test expects of the client that the mock has seen; each has its opposite by `not`. */
export interface OAuthMatchers<R = void> {
  /**
   * The client has refreshed once, and no refresh was refused. A refresh whose answer was lost counts; one that a fault
   * answered before anything was done does not.
   */
  toHaveRefreshedOnce(whose?: Whose): R
  /** The same so many times; 0 where no refresh was needed. */
  toHaveRefreshedTimes(times: number, whose?: Whose): R
  /** The client has exchanged one code, once, and no exchange was refused. */
  toHaveExchangedCodeOnce(whose?: Whose): R
  /** Each authorization request had a `code_challenge` by S256 (RFC 7636 §4.3), and there was one. */
  toHaveAuthorizedWithPkce(whose?: Whose): R
  /** Each authorization request had a `state`, there was one, and no state came back with two codes (RFC 6749 §10.12). */
  toHaveSentState(whose?: Whose): R
  /** The client has revoked a token, and the provider took it. */
  toHaveRevoked(whose?: Whose): R
  /** The client has called the API. */
  toHaveCalledApi(which?: WhichCalls): R
  /** The provider has refused a request by a rule of its own, of this kind where one is named; what a fault refuses does not count. */
  toHaveBeenRefused(kind?: RefusalKind, whose?: Whose): R
}

/** For `expect.extend`, of Vitest, Jest or Playwright. What is given to `expect` is a mock, or one of its worlds. */
export const oauthMatchers: {
  readonly [Name in keyof OAuthMatchers]: (received: unknown, ...of: Parameters<OAuthMatchers[Name]>) => Verdict
} = {
  toHaveRefreshedOnce: (received, whose = {}) =>
    usedTimes(judged('toHaveRefreshedOnce', received, whose), refreshing, 1),

  toHaveRefreshedTimes: (received, times, whose = {}) =>
    usedTimes(judged('toHaveRefreshedTimes', received, whose), refreshing, times),

  toHaveExchangedCodeOnce: (received, whose = {}) =>
    usedTimes(judged('toHaveExchangedCodeOnce', received, whose), exchanging, 1),

  toHaveAuthorizedWithPkce(received, whose = {}) {
    const journal = judged('toHaveAuthorizedWithPkce', received, whose)
    const requests = authorizationRequests(journal.exchanges)
    const without = requests.filter(
      ({ parameters }) => !parameters.get('code_challenge') || parameters.get('code_challenge_method') !== 'S256',
    )
    return verdict(journal, requests.length > 0 && without.length === 0, {
      wanted: 'authorize with PKCE by S256',
      seen: seenOf(requests.length, without.length, 'no code_challenge by S256'),
      shown: exchangesOf(without.length > 0 ? without : requests),
    })
  },

  toHaveSentState(received, whose = {}) {
    const journal = judged('toHaveSentState', received, whose)
    const requests = authorizationRequests(journal.exchanges)
    const without = requests.filter(({ parameters }) => !parameters.get('state'))
    const again = sharingState(journal.exchanges)
    const isShared = without.length === 0 && again.length > 0
    return verdict(journal, requests.length > 0 && without.length === 0 && again.length === 0, {
      wanted: 'send a state of its own with each authorization request',
      seen: isShared
        ? `one state came back with ${again.length} codes`
        : seenOf(requests.length, without.length, 'no state'),
      shown: isShared ? again : exchangesOf(without.length > 0 ? without : requests),
    })
  },

  toHaveRevoked(received, whose = {}) {
    const journal = judged('toHaveRevoked', received, whose)
    const asked = journal.exchanges.filter(({ endpoint }) => endpoint === 'revoke')
    const done = asked.filter((one) => outcomeOf(one) === 'done')
    return verdict(journal, done.length > 0, {
      wanted: 'revoke a token',
      seen:
        done.length > 0
          ? `it revoked ${timesOf(done.length)}`
          : asked.length > 0
            ? 'no revocation was done'
            : 'it never asked for one',
      shown: asked,
    })
  },

  toHaveCalledApi(received, { status, ...whose } = {}) {
    const journal = judged('toHaveCalledApi', received, whose)
    const calls = journal.exchanges.filter(({ endpoint }) => endpoint === 'api' || endpoint === 'user-info')
    const counted = calls.filter((one) => status === undefined || statusSent(one) === status)
    const answered = status === undefined ? '' : ` and be answered ${status}`
    return verdict(journal, counted.length > 0, {
      wanted: `call the API${answered}`,
      seen:
        counted.length > 0
          ? `it did ${timesOf(counted.length)}`
          : calls.length > 0
            ? `its ${calls.length === 1 ? 'call was' : `${calls.length} calls were`} answered otherwise`
            : 'it never called it',
      shown: counted.length > 0 ? counted : calls,
    })
  },

  toHaveBeenRefused(received, kind, whose = {}) {
    if (kind !== undefined && !Object.hasOwn(explanations, kind)) throw unknownKind(kind)
    const journal = judged('toHaveBeenRefused', received, whose)
    const refused = journal.exchanges.filter((one) => outcomeOf(one) === 'refused')
    const counted = refused.filter(({ refusal }) => kind === undefined || refusal?.kind === kind)
    return verdict(journal, counted.length > 0, {
      wanted: `be refused${kind === undefined ? '' : ` by ${kind}`}`,
      seen:
        counted.length > 0
          ? `it was ${timesOf(counted.length)}`
          : refused.length > 0
            ? 'it was refused otherwise'
            : 'it never was',
      shown: counted.length > 0 ? counted : refused,
    })
  },
}

/** A use of the token endpoint, in words. */
interface TokenUse {
  readonly grantType: string
  readonly wanted: string
  readonly did: string
}
const refreshing: TokenUse = { grantType: 'refresh_token', wanted: 'refresh', did: 'refreshed' }
const exchanging: TokenUse = { grantType: 'authorization_code', wanted: 'exchange a code', did: 'exchanged a code' }

function usedTimes(journal: Judged, { grantType, wanted, did }: TokenUse, times: number): Verdict {
  const sent = journal.exchanges.filter((one) => one.endpoint === 'token' && one.grantType === grantType)
  const count = (outcome: string) => sent.filter((one) => outcomeOf(one) === outcome).length
  const [done, refused] = [count('done'), count('refused')]
  const denied = refused === 0 ? '' : `, and was refused ${timesOf(refused)}`
  return verdict(journal, done === times && refused === 0, {
    wanted: `${wanted} ${timesOf(times)}`,
    seen: `it ${done === 0 ? `never ${did}` : `${did} ${timesOf(done)}`}${denied}`,
    shown: sent,
  })
}

function seenOf(requests: number, without: number, lack: string): string {
  if (requests === 0) return 'it sent no authorization request'
  const all = requests === 1 ? 'its authorization request' : `each of its ${requests} authorization requests`
  if (without === 0) return `${all} did`
  return requests === 1 ? `${all} had ${lack}` : `${without} of its ${requests} authorization requests had ${lack}`
}

const exchangesOf = (requests: readonly { exchange: Exchange }[]): readonly Exchange[] =>
  requests.map(({ exchange }) => exchange)

/** The answers that took codes back with a state that another code had come with. */
function sharingState(exchanges: readonly Exchange[]): readonly Exchange[] {
  const states = exchanges.map(stateOnTheWayBack)
  const again = states.find((state, i) => state !== undefined && states.indexOf(state) < i)
  return again === undefined ? [] : exchanges.filter((_, i) => states[i] === again)
}

/** What the client was told; nothing where no answer came. */
const statusSent = ({ response: { status, delivery } }: Exchange): number | undefined =>
  delivery?.drop || delivery?.hang ? undefined : status

function unknownKind(kind: string): MockOAuthError {
  const hint = didYouMean(kind, Object.keys(explanations)) || ' mock.explain() names that of the last refusal.'
  return new MockOAuthError('invalid_option', `There is no refusal of the kind "${kind}".${hint}`)
}
