import { type Clause, clause, must } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import { refreshes, results, struckBy, times, under } from '../../src/contract/reading.ts'
import { rotating } from './presented.ts'
import { patient, whileHeld } from './while-held.ts'

/** A call that learns late that its token has ended. */
export const lateCaller: readonly Clause[] = [
  clause({
    id: 'rc-late-caller',
    title: 'repeats a call with the stored token when its 401 comes after another call has refreshed',
    level: must('ours'),
    source: 'RFC 6749 §6, where each refresh token works once',
    why: 'The 401 speaks of the token that the call was sent with, not of the one that is stored by now. Compare the two before you refresh.',
    alsoFor: rotating,
    needs: { features: ['concurrent'] },
    after: 'refreshes',
    env: patient,
    async story(scene) {
      await scene.connect()
      await scene.call()
      scene.mark('late')
      scene.arm('api expireEarly')
      await whileHeld(scene, {
        by: 'api hold after nth=1 count=2 forMs=6000',
        act: () => scene.call(),
        meanwhile: () => scene.call(),
      })
    },
    missed(evidence) {
      const seen = under(evidence, 'late')
      const [late] = struckBy(seen, 'hold')
      if (late?.response.status !== 401) return 'no 401 was held back'
      const [first] = refreshes(seen)
      if (!first || seen.indexOf(first) > seen.indexOf(late)) return 'nobody refreshed before the late 401 came'
    },
    judge(evidence) {
      const seen = under(evidence, 'late')
      const sent = refreshes(seen)
      if (sent.length > 1)
        return saw(`refreshed ${times(sent.length)} for one ended token`, ...struckBy(seen, 'hold'), ...sent)
      const failed = results(evidence, 'late').find((one) => one !== 'ok')
      if (failed) return saw(`answers ${failed} to a call whose 401 came late`, ...struckBy(seen, 'hold'), ...sent)
    },
    mutant: {
      bug: 'refreshes for each 401 that it gets, whatever is stored',
      find: 'if (link.accessToken !== accessToken) return { link }',
      replace: '',
      drags: ['rc-slow-refresh-outlives-lock'],
    },
  }),
]
