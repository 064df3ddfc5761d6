import { type Clause, clause, everywhere, must, should } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import { apiCalls, outcomes, refreshes, results, since, succeeded, times, under } from '../../src/contract/reading.ts'

const calls = 20

/** When to refresh. */
export const onExpiry: readonly Clause[] = [
  clause({
    id: 'rf-on-expiry',
    title: 'refreshes once when its access token is over, and the call succeeds',
    level: must(),
    source: 'RFC 6749 §1.5',
    why: 'A person who is asked to log in each hour is asked too often. Refresh, before the call or after its 401, and go on.',
    alsoFor: everywhere,
    given: 'refreshes',
    after: 'connects',
    control: false,
    async story(scene) {
      await scene.connect()
      await scene.call()
      scene.mark('over')
      await scene.expire()
      await scene.call()
    },
    missed: (evidence) =>
      refreshes(under(evidence, 'over')).some(succeeded) ? undefined : 'the token was not refreshed',
    judge(evidence) {
      const sent = refreshes(under(evidence, 'over'))
      const [result] = results(evidence, 'over')
      if (outcomes(evidence)[0] !== 'connected') return undefined
      if (result !== undefined && result !== 'ok') {
        const how = sent.length === 0 ? 'without a refresh' : 'after a refresh'
        return saw(`answered ${result} ${how} when its access token was over`, ...sent)
      }
      if (sent.length > 1) return saw(`refreshed ${times(sent.length)} for one token that was over`, ...sent)
    },
    mutant: {
      bug: 'does not present the new token in the call that made it refresh',
      find: 'let reply = await ask(first.link, asked, signal)',
      replace: 'let reply = await ask(found, asked, signal)',
      at: 'mekari',
    },
  }),
  clause({
    id: 'rf-none-while-valid',
    title: 'does not refresh while its access token is valid',
    level: should(),
    source:
      'RFC 6749 §1.5; experience: refreshing with each call meets rate limits and each failure of the token endpoint',
    why: 'Each refresh is one more moment in which a link can be lost. Use a token until it ends.',
    alsoFor: everywhere,
    after: 'connects',
    control: false,
    async story(scene) {
      await scene.connect()
      for (let call = 0; call < calls; call++) {
        await scene.call()
        await scene.advance('1m')
      }
    },
    missed({ exchanges }) {
      const answered = apiCalls(exchanges).filter(succeeded).length
      if (answered < calls) return `the API answered ${answered} of ${calls} calls`
    },
    judge(evidence) {
      const sent = refreshes(since(evidence))
      if (sent.length > 0)
        return saw(
          `refreshed ${times(sent.length)} in ${calls} calls within ${calls} minutes, with a token that was valid`,
          ...sent,
        )
    },
    mutant: {
      bug: 'takes the seconds of a life for milliseconds',
      find: 'Math.min(seconds, longestLife) * 1000',
      replace: 'Math.min(seconds, longestLife)',
      drags: ['ex-deadline-survives-restart', 'ex-leeway-vs-short-life', 'rc-lost-response-final'],
    },
  }),
]
