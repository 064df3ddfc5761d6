import { expect, it } from 'vitest'
import type { ClauseId, ProviderId } from '../../src/contract/clause.ts'
import type { VerdictKind } from '../../src/contract/verdict.ts'
import { type Change, verdictsOn, type Wrap } from './verdicts-on.ts'

/** Takes the next question when the one before is answered. */
const serial: Wrap = (client) => {
  let last: Promise<unknown> = Promise.resolve()
  const verbs = ['begin', 'callback', 'call', 'disconnect', 'webhook', 'status'] as const
  const inTurn = verbs.map((verb) => {
    const act = client[verb] as ((...asked: unknown[]) => Promise<unknown>) | undefined
    const next = (...asked: unknown[]) => {
      last = last.then(() => act?.(...asked)).catch(() => {})
      return last
    }
    return [verb, next]
  })
  return { ...client, ...Object.fromEntries(inTurn) }
}

const deaf: Wrap = (client) => ({ ...client, call: (asked) => client.call(asked, new AbortController().signal) })

const withoutClock: Wrap = ({ advance: _, ...client }) => ({
  ...client,
  features: { ...client.features, clock: false, background: false },
})

const patient = {
  find: 'const pause = times === 1 ? 0 : Math.min(1_000 * 2 ** (times - 1), 60_000)',
  replace: 'const pause = times > 0 ? 30_000 : 0',
}

const refreshOfEachCall = {
  find: 'const begun = underWay.get(seen.name)',
  replace: 'if (seen) return renewOnce(seen)\n      const begun = underWay.get(seen.name)',
}

const eachOf = (kind: VerdictKind, ...ids: readonly ClauseId[]) => Object.fromEntries(ids.map((id) => [id, kind]))

const clients: readonly {
  readonly what: string
  readonly at: ProviderId
  readonly change?: Change
  readonly wrap?: Wrap
  readonly told: Readonly<Record<ClauseId, VerdictKind>>
}[] = [
  {
    what: 'takes one question at a time',
    at: 'mekari',
    wrap: serial,
    told: eachOf(
      'untestable',
      'cb-double-one-exchange',
      'rc-single-flight',
      'rc-late-caller',
      'rc-reconnect-during-refresh',
      'rc-accounts-independent',
      'ap-concurrent-401-one-refresh',
    ),
  },
  {
    what: 'takes no lock between processes',
    at: 'mekari',
    change: { find: '=> store.alone(name, work)', replace: '=> work()' },
    told: { 'rc-stale-capture': 'untestable', 'rc-two-processes': 'warned' },
  },
  {
    what: 'never keeps the refresh token that a refresh brings',
    at: 'mekari',
    change: {
      find: '...tokensIn(granted, now()),\n      scopes: granted.scopes ?? link.scopes,',
      replace:
        '...tokensIn(granted, now()),\n      refreshToken: link.refreshToken,\n      scopes: granted.scopes ?? link.scopes,',
    },
    told: { 'rc-two-processes': 'warned' },
  },
  {
    what: 'does not hear that a call is given up',
    at: 'mekari',
    wrap: deaf,
    told: { 'rc-cancel-mid-refresh': 'inconclusive' },
  },
  {
    what: 'waits half a minute after a failure, by a clock that cannot be moved',
    at: 'mekari',
    change: patient,
    wrap: withoutClock,
    told: eachOf('inconclusive', 'rc-lost-response', 'rc-lost-response-final'),
  },
  {
    what: 'waits half a minute after a failure, by a clock that can be moved',
    at: 'mekari',
    change: patient,
    told: eachOf('kept', 'rc-lost-response', 'rc-lost-response-final', 'rc-crash-before-persist'),
  },
  {
    what: 'remembers before each refresh that it may come to nothing, and waits half a minute then',
    at: 'mekari',
    change: {
      find: 'const came = await tokens.refresh(link.refreshToken,',
      replace: `const fear = { times: 1, since: now(), until: now() + 30_000, result: 'transient', code: 'begun' }
    Object.assign(link, await store.update(name, ifUnchanged(link, (one) => ({ ...one, trouble: fear }))))
    const came = await tokens.refresh(link.refreshToken,`,
    },
    wrap: withoutClock,
    told: { 'rc-crash-before-persist': 'inconclusive' },
  },
  {
    what: 'gives up all links when one has lost its grant',
    at: 'mekari',
    change: {
      find: "if (came.kind === 'refused' && came.code === 'invalid_grant')",
      replace: `if (came.kind === 'refused' && came.code === 'invalid_grant')
      for (const one of await store.all()) await giveUp(one, came.code)
    if (came.kind === 'refused' && came.code === 'invalid_grant')`,
    },
    told: eachOf('broken', 'rc-lost-response-final', 'rc-accounts-independent'),
  },
  {
    what: 'refreshes for each call, where a refresh token works more than once',
    at: 'finexer',
    change: refreshOfEachCall,
    told: eachOf('warned', 'rc-single-flight', 'ap-concurrent-401-one-refresh'),
  },
  {
    what: 'refreshes for each call, where a refresh token works once',
    at: 'mekari',
    change: refreshOfEachCall,
    told: eachOf('broken', 'rc-single-flight', 'ap-concurrent-401-one-refresh'),
  },
]

it.each(clients.map((client) => [client.what, client.at, client] as const))(
  'a client that %s is judged as such at %s',
  async (_, at, { change, wrap, told }) => {
    expect(await verdictsOn(Object.keys(told) as ClauseId[], at, change, wrap)).toEqual(told)
  },
  60_000,
)
