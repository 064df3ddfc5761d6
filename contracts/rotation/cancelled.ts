import { type Clause, clause, should } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import { refreshes, results, struckBy } from '../../src/contract/reading.ts'
import { presented, rotating } from './presented.ts'
import { patient } from './while-held.ts'

/** Whoever asked does not wait any longer. */
export const cancelled: readonly Clause[] = [
  clause({
    id: 'rc-cancel-mid-refresh',
    title: 'finishes and stores a refresh whose caller has given up',
    level: should('ours'),
    source: 'RFC 6749 §6; experience: timeouts of a caller that cost the link',
    why: 'The server has rotated the token already, and the answer has the only good one. Let the refresh belong to the link and not to the call that started it.',
    alsoFor: rotating,
    needs: { ops: ['cancel'] },
    after: 'refreshes',
    env: patient,
    async story(scene) {
      const { faults } = scene.world
      await scene.connect()
      await scene.call()
      scene.mark('given up')
      scene.arm('api expireEarly')
      let hold: string | undefined
      await scene.wrongly(() => {
        hold = faults.arm('token:refresh_token hold after count=2 forMs=6000').id
      })
      const given = scene.cancellable()
      await (hold === undefined ? given.answer : Promise.race([faults.gathered(hold), given.answer]))
      await scene.wrongly(() => given.cancel())
      if (hold !== undefined) faults.release(hold)
      scene.mark('afterwards')
      await scene.call()
      await scene.restart()
      await scene.call()
    },
    missed(evidence) {
      if (struckBy(refreshes(evidence.exchanges), 'hold').length === 0)
        return 'no refresh was under way when the caller gave up'
      if (results(evidence, 'given up').includes('ok')) return 'the call went on as if nobody had given it up'
    },
    judge(evidence) {
      const sent = refreshes(evidence.exchanges)
      const [first] = struckBy(sent, 'hold')
      if (!first) return undefined
      const again = sent.find((one) => one !== first && presented([one])[0] === presented([first])[0])
      if (again) return saw('presented a used-up token again after a caller had given up', first, again)
      const failed = results(evidence, 'afterwards').find((one) => one !== 'ok')
      if (failed) return saw(`answers ${failed} after a caller had given up`, first)
    },
    mutant: {
      bug: 'stores nothing any more once a caller has given up',
      find: 'const second = await unlessCancelled(refresher.renew(found), signal)',
      replace: [
        'const update = store.update.bind(store)',
        'store.update = async (...all) => (signal.aborted ? undefined : update(...all))',
        '      const second = await unlessCancelled(refresher.renew(found), signal)',
      ].join('\n'),
    },
  }),
]
