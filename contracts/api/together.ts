import { type Clause, clause, everywhere, must, should } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import { apiCalls, refreshes, results, stepsOf, times, under } from '../../src/contract/reading.ts'
import { whileHeld } from '../rotation/while-held.ts'

const together = 3

/** Many calls are answered with 401. */
export const concurrent401: readonly Clause[] = [
  clause({
    id: 'ap-concurrent-401-one-refresh',
    title: 'lets calls that meet a 401 wait for the refresh that is already under way',
    level: must('ours'),
    // Where a refresh token works more than once, several refreshes lose nothing.
    levels: { finexer: should('ours') },
    source: 'RFC 6749 §6, where each refresh token works once',
    why: 'A call that comes while a refresh takes its time must not start another: the second one presents a token that is used up. Wait for the first, and go on with what it brings.',
    alsoFor: everywhere,
    needs: { features: ['concurrent'] },
    after: 'refreshes',
    async story(scene) {
      await scene.connect()
      await scene.call()
      scene.mark('together')
      scene.arm(`api hold count=${together} forMs=500`)
      scene.arm('api expireEarly')
      await whileHeld(scene, {
        by: 'token:refresh_token hold count=2 forMs=400',
        act: () => scene.calls(together),
        meanwhile: async () => {
          await scene.calls(together)
        },
      })
    },
    missed(evidence) {
      const met = apiCalls(under(evidence, 'together')).filter(({ response }) => response.status === 401)
      if (met.length < 2) return `${met.length} of ${together} calls met a 401`
      const [first] = refreshes(under(evidence, 'together'))
      const ended = first ? evidence.exchanges.indexOf(first) : 0
      if (stepsOf(evidence, 'call', 'together').some(({ from }) => from > ended)) return 'calls came after the refresh'
    },
    judge(evidence) {
      const sent = refreshes(under(evidence, 'together'))
      if (sent.length > 1) return saw(`refreshed ${times(sent.length)} for calls that met one ended token`, ...sent)
      const failed = results(evidence, 'together').filter((one) => one !== 'ok')
      if (failed.length > 0)
        return saw(`did not serve ${failed.length} of ${2 * together} calls: ${failed.join(', ')}`, ...sent)
    },
    mutant: {
      bug: 'lets no call wait for the refresh that another has begun',
      find: 'const begun = underWay.get(seen.name)\n      if (begun) return begun',
      replace: 'const begun = underWay.get(seen.name)\n      if (begun) return renewOnce(seen)',
      drags: ['rc-single-flight', 'rc-cancel-mid-refresh'],
    },
  }),
]
