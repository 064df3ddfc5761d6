import { describe, expect, it } from 'vitest'
import { findClause } from '../../src/contract/catalogue.ts'
import type { Clause, ClauseId, ProviderId } from '../../src/contract/clause.ts'
import type { ClientUnderTest, Factory } from '../../src/contract/client-under-test.ts'
import { inProcess } from '../../src/contract/run/in-process.ts'
import { run } from '../../src/contract/run/run.ts'
import { carefulClient } from '../../src/contract/self-test/careful-client.ts'

type Change = Parameters<typeof carefulClient>[0]
type Around = (made: ClientUnderTest) => ClientUnderTest

/** A careful client with one change of its text, or with something around it. */
interface Client {
  readonly which: string
  readonly change?: Change
  readonly around?: Around
  /** What becomes of a line of its log. */
  readonly logged?: (line: string) => string
}

const pauses = 'const pause = times === 1 ? 0 : Math.min(1_000 * 2 ** (times - 1), 60_000)'
const failedLogin = "if (came.kind !== 'granted') return answer('failed', came.code)"
const silent = "if ('failure' in reply) return { result: 'transient', code: reply.failure }"

const breaksPages: Client = {
  which: 'shows the page of a server that broke when a login fails',
  change: {
    find: failedLogin,
    replace: `if (came.kind !== 'granted')
      return { ...answer('failed', came.code), http: { status: 500, headers: {}, body: 'Internal Server Error' } }`,
  },
}
const saysBadGateway: Client = {
  which: 'says by 502 that the provider is not well',
  change: { find: failedLogin, replace: breaksPages.change?.replace.replace('500', '502') ?? '' },
}
const neverTriesAgain: Client = {
  which: 'never tries again after a refresh that failed',
  change: {
    find: 'trouble !== undefined && now >= trouble.since && now < trouble.until',
    replace: 'trouble !== undefined',
  },
}
const withoutClock: Around = ({ advance: _, ...made }) => ({
  ...made,
  features: { ...made.features, clock: false, background: false },
})
const cannotBeToldOfTime: Client = {
  ...neverTriesAgain,
  around: withoutClock,
  which: 'does so, and has no clock to move',
}
const waitsForReal: Client = {
  which: 'waits two seconds after each failure, and has no clock to move',
  change: { find: pauses, replace: 'const pause = 2_000 * times ** 0' },
  around: withoutClock,
}
const givesUpAtLast: Client = {
  which: 'asks for a login though it has refreshed after the trouble',
  change: {
    find: "if (came.kind === 'granted') return renewed(",
    replace: `if (came.kind === 'granted' && link.trouble) {
      await store.update(name, ifUnchanged(link, renewedBy(came.granted)))
      return { answer: { result: 'needs_reauth' } }
    }
    if (came.kind === 'granted') return renewed(`,
  },
}
const refreshesFiveMinutesLate: Client = {
  which: 'adds five minutes to each deadline',
  change: {
    find: 'expiresAt - (refreshToken === undefined ? 0 : Math.min(30_000, lifetime / 10))',
    replace: 'expiresAt + 300_000',
  },
}
const asksEach = (seconds: number): Client => ({
  which: `asks every ${seconds} seconds`,
  change: { find: pauses, replace: `const pause = ${seconds * 1_000} * times ** 0` },
})
const waitsAMinute: Client = { ...asksEach(60), which: 'waits a minute from the beginning' }
const callsSilenceFinal: Client = {
  which: 'takes silence for something that does not pass',
  change: {
    find: "const result = came.kind === 'refused' ? 'error' : 'transient'",
    replace: "const result = 'error' as const",
  },
}
/** As behind one worker. */
const oneByOne: Around = (made) => {
  let before: Promise<unknown> = Promise.resolve()
  const after = <Answer>(act: () => Promise<Answer>) => {
    const answer = before.then(act)
    before = answer.catch(() => {})
    return answer
  }
  return {
    ...made,
    begin: (asked) => after(() => made.begin(asked)),
    call: (asked, signal) => after(() => made.call(asked, signal)),
  }
}
const standsStill: Client = { which: 'lets everybody wait for one refresh', around: oneByOne }
const keepsStatusToItself: Client = {
  which: 'tells no status, and has its digits in the time and in a port',
  around: (made) => ({
    ...made,
    async call(asked, signal) {
      const { result } = await made.call(asked, signal)
      return { result, code: 'no_answer' }
    },
  }),
  logged: () => '2026-01-01T10:00:00.502Z 10:00:00,502 a token request from port 45021, in 502 ms, a502f',
}
const refusesLives: Client = {
  which: 'takes no answer whose expires_in says nothing',
  change: {
    find: 'const scopes = readScopes(body.scope)',
    replace:
      "if ('expires_in' in body && lifetime === undefined) return undefined\n  const scopes = readScopes(body.scope)",
  },
}
const alwaysVerifies: Client = {
  which: 'sends a verifier without a challenge',
  change: findClause('tr-verifier-only-with-challenge')?.mutant,
}
const remembersBadExchange: Client = {
  which: 'exchanges no more codes after an answer that was none',
  change: {
    find: failedLogin,
    replace: `if (came.kind !== 'granted') tokens.exchange = async () => came\n    ${failedLogin}`,
  },
}
const remembersBadCall: Client = {
  which: 'calls the API no more after an answer that broke off',
  change: {
    find: silent,
    replace: `if ('failure' in reply) paused.set(name, { since: 0, until: Infinity })\n    ${silent}`,
  },
}
const remembersBadRevocation: Client = {
  which: 'cannot connect any more after a revocation that failed',
  change: {
    find: "return { result: 'pending', code: came.code }",
    replace: "tokens.exchange = async () => came\n    return { result: 'pending', code: came.code }",
  },
}

const cases: readonly (readonly [ClauseId, Client, 'kept' | 'broken' | 'warned' | 'inconclusive', ProviderId?])[] = [
  ['er-exchange-invalid-grant', breaksPages, 'broken'],
  ['er-exchange-invalid-grant', saysBadGateway, 'broken'],
  ['er-empty-400', breaksPages, 'warned'],
  ['ts-200-error', breaksPages, 'warned'],
  ['ts-200-no-token', breaksPages, 'broken'],
  ['ts-200-html', breaksPages, 'broken'],
  ['ts-truncated-body', breaksPages, 'broken'],
  ['ts-truncated-body', saysBadGateway, 'kept'],
  ['rf-5xx-with-oauth-body', neverTriesAgain, 'warned'],
  ['rf-5xx-with-oauth-body', cannotBeToldOfTime, 'inconclusive'],
  ['er-html-502', cannotBeToldOfTime, 'inconclusive'],
  ['rf-400-not-oauth', cannotBeToldOfTime, 'inconclusive'],
  ['rf-invalid-client-not-users-fault', cannotBeToldOfTime, 'inconclusive'],
  ['er-non-oauth-403', cannotBeToldOfTime, 'inconclusive'],
  ['rf-5xx-with-oauth-body', waitsForReal, 'inconclusive'],
  ['rf-5xx-keeps-grant', givesUpAtLast, 'broken'],
  ['ex-leeway-direction', refreshesFiveMinutesLate, 'warned'],
  ['rs-backoff-bounded', asksEach(6.1), 'warned'],
  ['rs-backoff-bounded', asksEach(7), 'warned'],
  ['rs-backoff-bounded', asksEach(30), 'warned'],
  ['rs-backoff-bounded', waitsAMinute, 'kept'],
  ['rs-token-timeout', callsSilenceFinal, 'warned'],
  ['rs-token-timeout', standsStill, 'warned'],
  ['er-html-502', keepsStatusToItself, 'warned'],
  ['ts-expires-null-zero-negative', refusesLives, 'kept'],
  ['tr-verifier-only-with-challenge', alwaysVerifies, 'warned', 'standard'],
  ['rs-crash-safe', remembersBadExchange, 'broken'],
  ['rs-crash-safe', remembersBadCall, 'broken'],
  ['rs-crash-safe', remembersBadRevocation, 'broken'],
]

async function factoryOf({ change, around = (made) => made, logged = (line) => line }: Client): Promise<Factory> {
  const create = await carefulClient(change)
  return async (env, log) => around(await create(env, (line) => log(logged(line))))
}

describe('at the token endpoint', () => {
  it.each(cases.map(([id, client, verdict, at]) => [id, client.which, verdict, { client, at }] as const))(
    '%s: one that %s: %s',
    async (id, _, verdict, { client, at = 'mekari' }) => {
      const { judged } = await run({
        launcher: inProcess(await factoryOf(client), { patienceMs: 15_000 }),
        providers: [at],
        clauses: [findClause(id) as Clause],
        seed: 'bad',
        slow: true,
      })
      expect(judged.map((one) => [one.verdict.kind, one.verdict.why])).toEqual([[verdict, expect.any(String)]])
    },
  )
})
