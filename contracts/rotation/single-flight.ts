import { type Clause, clause, everywhere, must, should } from '../../src/contract/clause.ts'
import { type Evidence, saw } from '../../src/contract/evidence.ts'
import { apiCalls, refreshes, results, stepsOf, struckBy, times, under } from '../../src/contract/reading.ts'
import { patient } from './while-held.ts'

const together = 5

/** The calls that were at the API before the first of all was answered. */
function inFlight(evidence: Evidence): number {
  const met = struckBy(apiCalls(under(evidence, 'together')), 'hold')
  const answered = Math.min(...stepsOf(evidence, 'call', 'together').map(({ to }) => to))
  return met.filter((one) => evidence.exchanges.indexOf(one) < answered).length
}

/** Many calls find the same token expired. */
export const singleFlight: readonly Clause[] = [
  clause({
    id: 'rc-single-flight',
    title: 'refreshes once when several calls find the token expired together',
    level: must('ours'),
    // Where a refresh token works more than once, several refreshes lose nothing.
    levels: { finexer: should('ours') },
    source: 'RFC 6749 §6, where each refresh token works once',
    why: 'The second refresh presents a token that the first has used up, and the link is lost. Let all calls wait for one refresh.',
    alsoFor: everywhere,
    needs: { features: ['concurrent'] },
    after: 'refreshes',
    env: patient,
    async story(scene) {
      await scene.connect()
      await scene.call()
      scene.mark('together')
      // All are at the API with the same token before it ends.
      scene.arm(`api hold count=${together} order=arrival forMs=6000`)
      scene.arm('api expireEarly')
      await scene.calls(together)
    },
    missed(evidence) {
      const many = inFlight(evidence)
      if (many < together) return `${many} of ${together} calls were in flight together`
    },
    judge(evidence) {
      if (inFlight(evidence) < together) return undefined
      const sent = refreshes(under(evidence, 'together'))
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
