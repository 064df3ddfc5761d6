import { type Clause, clause, everywhere, must } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import { apiCalls, refreshes, results, times, under } from '../../src/contract/reading.ts'

const together = 5

/** Many calls find the same token expired. */
export const singleFlight: readonly Clause[] = [
  clause({
    id: 'rc-single-flight',
    title: 'refreshes once when several calls find the token expired together',
    level: must('ours'),
    source: 'RFC 6749 §6, where each refresh token works once',
    why: 'The second refresh presents a token that the first has used up, and the link is lost. Let all calls wait for one refresh.',
    alsoFor: everywhere,
    needs: { features: ['concurrent'] },
    after: 'refreshes',
    async story(scene) {
      await scene.connect()
      await scene.call()
      scene.mark('together')
      // All are at the API with the same token before it ends.
      scene.arm(`api hold count=${together} order=arrival`)
      scene.arm('api expireEarly')
      await scene.calls(together)
    },
    missed(evidence) {
      const held = apiCalls(under(evidence, 'together')).filter(({ faults = [] }) =>
        faults.some(({ kind }) => kind === 'hold'),
      )
      if (held.length < together) return `${held.length} of ${together} calls were in flight together`
    },
    judge(evidence) {
      const seen = under(evidence, 'together')
      const sent = refreshes(seen)
      if (sent.length > 1) return saw(`refreshed ${times(sent.length)} for ${together} calls`, ...sent)
      const failed = results(evidence, 'together').filter((one) => one !== 'ok')
      if (failed.length > 0)
        return saw(`did not serve ${failed.length} of ${together} calls: ${failed.join(', ')}`, ...sent)
    },
    mutant: {
      bug: 'refreshes for each call by itself',
      find: 'const begun = underWay.get(seen.name)',
      replace: 'if (seen) return renewOnce(seen)\n      const begun = underWay.get(seen.name)',
      drags: [
        'rc-two-processes',
        'rc-slow-refresh-outlives-lock',
        'rc-cancel-mid-refresh',
        'ap-concurrent-401-one-refresh',
      ],
    },
  }),
]
