import { type Clause, clause, everywhere, must, should } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import {
  apiCalls,
  refreshes,
  results,
  since,
  succeeded,
  times,
  tokenRequests,
  under,
  wasStruck,
} from '../../src/contract/reading.ts'

/** The deadline that a client computes from `expires_in`. */
export const deadline: readonly Clause[] = [
  clause({
    id: 'ex-relative-lifetime',
    title: 'counts expires_in from when the answer came, by its own clock',
    level: must(),
    source: 'RFC 6749 §5.1',
    why: 'The clock of a server may be wrong by a day, and then so is each deadline made from its Date header. Add the seconds to your own time.',
    alsoFor: everywhere,
    after: 'connects',
    async story(scene) {
      const { world } = scene
      const yesterday = new Date(Date.parse(world.clock.read().now) - 86_400_000).toISOString()
      await scene.wrongly(() => world.clock.move({ set: yesterday }))
      scene.arm('token:authorization_code replace fields.expires_in=3600')
      await scene.connect()
      scene.mark('calls')
      for (let call = 0; call < 3; call++) await scene.call()
    },
    missed({ exchanges }) {
      if (!tokenRequests(exchanges).some((one) => wasStruck(one, 'replace')))
        return 'no token came with a Date of yesterday'
      if (apiCalls(exchanges).length < 3) return 'there were no three calls'
    },
    judge(evidence) {
      const sent = refreshes(under(evidence, 'calls'))
      if (sent.length > 0)
        return saw(
          `refreshed ${times(sent.length)} in 3 calls with a token of an hour, as the Date header was of yesterday`,
          ...sent,
        )
      const failed = results(evidence, 'calls').find((one) => one !== 'ok')
      if (failed)
        return saw(`answered ${failed} to a call, as the Date header was of yesterday`, ...apiCalls(evidence.exchanges))
    },
    mutant: {
      bug: 'adds expires_in to the Date header',
      find: 'expiresAt: now + granted.lifetime',
      replace: 'expiresAt: granted.at + granted.lifetime',
      drags: ['ex-clock-jump'],
    },
  }),
  clause({
    id: 'ex-leeway-direction',
    title: 'refreshes before the deadline that it was told, never some time after it',
    level: should('ours'),
    source: 'RFC 6749 §5.1; experience: a leeway with the wrong sign',
    why: 'Leeway is for clocks that differ and answers that travel, so it comes off the deadline. Added to it, each hour ends in refused calls.',
    alsoFor: ['mekari', 'mercado-pago', 'mercury', 'standard'],
    needs: { ops: ['advance'], features: ['clock'] },
    after: 'refreshes',
    async story(scene) {
      // The token lives on, so that no 401 makes a client refresh that would not have.
      scene.arm('token:authorization_code replace fields.expires_in=65')
      await scene.connect()
      await scene.call()
      await scene.advance('10s')
      await scene.call()
      await scene.advance('55s')
      await scene.call()
      // Whoever refreshes by itself does it while time moves.
      scene.mark('after the deadline')
      for (const later of ['75s', '3m', '7m']) {
        await scene.advance(later)
        await scene.call()
      }
    },
    missed: ({ exchanges }) =>
      tokenRequests(exchanges).some((one) => wasStruck(one, 'replace'))
        ? undefined
        : 'no token was told to live 65 seconds',
    judge(evidence) {
      const sent = refreshes(since(evidence))
      const late = refreshes(under(evidence, 'after the deadline'))
      if (late.length > 0 && late.length === sent.length)
        return saw('knew the deadline of its access token, and refreshed after it was over', ...late)
      const failed = results(evidence).find((one) => one !== 'ok')
      if (failed) return saw(`answered ${failed} to a call around the deadline of its access token`, ...sent)
    },
    mutant: {
      bug: 'adds its leeway to the deadline',
      find: 'expiresAt - (refreshToken',
      replace: 'expiresAt + (refreshToken',
    },
  }),
  clause({
    id: 'ex-leeway-vs-short-life',
    title: 'does not refresh at each call where tokens live shorter than its leeway',
    level: must('ours'),
    source: 'RFC 6749 §5.1; experience: a leeway of a minute and tokens of twenty seconds',
    why: 'Such a client finds each new token over already, and refreshes without end. Take a part of the life as leeway where it is short.',
    alsoFor: everywhere,
    after: 'connects',
    async story(scene) {
      scene.arm('token replace fields.expires_in=20 nth=1n')
      await scene.connect()
      scene.mark('calls')
      for (let call = 0; call < 5; call++) await scene.call()
    },
    missed({ exchanges }) {
      if (!tokenRequests(exchanges).some((one) => wasStruck(one, 'replace')))
        return 'no token was told to live 20 seconds'
      if (apiCalls(exchanges).filter(succeeded).length < 5) return 'there were no five calls'
    },
    judge(evidence) {
      const sent = refreshes(under(evidence, 'calls'))
      if (sent.length > 1)
        return saw(`refreshed ${times(sent.length)} in 5 calls, with tokens that had 20 seconds left`, ...sent)
    },
    mutant: {
      bug: 'has a leeway of 30 seconds, however short the life',
      find: 'Math.min(30_000, lifetime / 10)',
      replace: '30_000',
    },
  }),
  clause({
    id: 'ex-early-expiry',
    title: 'refreshes and goes on when an access token ends long before its deadline',
    level: must(),
    source: 'OAuth 2.1 §3.2.3; RFC 6750 §3.1',
    why: 'A server may end a token whenever it likes, and only the 401 tells. Refresh at it, once, whatever the deadline says.',
    alsoFor: everywhere,
    after: 'refreshes',
    async story(scene) {
      await scene.connect()
      await scene.call()
      scene.arm('api expireEarly')
      scene.mark('early')
      await scene.call()
    },
    missed: (evidence) =>
      apiCalls(under(evidence, 'early')).some((one) => wasStruck(one, 'expireEarly'))
        ? undefined
        : 'no token ended early',
    judge(evidence) {
      const seen = under(evidence, 'early')
      if (!seen.some((one) => wasStruck(one, 'expireEarly'))) return undefined
      const [result] = results(evidence, 'early')
      if (result === undefined || result === 'ok') return undefined
      const how = refreshes(seen).length === 0 ? ' and did not refresh' : ''
      return saw(`answered ${result} when its access token ended before its deadline${how}`, ...seen)
    },
    mutant: {
      bug: 'refreshes by its clock alone, whatever the API answers',
      find: 'first.link.accessToken === found.accessToken',
      replace: 'first.link.accessToken !== found.accessToken',
      drags: [
        'ex-clock-jump',
        'rc-single-flight',
        'rc-late-caller',
        'rc-two-processes',
        'rc-loser-recovers',
        'ap-401-refresh-once-retry',
        'ap-401-any-body',
        'ap-concurrent-401-one-refresh',
        'rv-elsewhere',
      ],
    },
  }),
]
