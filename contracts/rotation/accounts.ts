import { type Clause, clause, everywhere, must } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import { refreshes, stepsOf, struckBy, succeeded, under } from '../../src/contract/reading.ts'
import { connectTwo, links } from './two-links.ts'
import { askAside, oneAtATime, patient, tookAnother, whileHeld } from './while-held.ts'

const [slow, quick] = links

/** One account's trouble is not another's. */
export const accounts: readonly Clause[] = [
  clause({
    id: 'rc-accounts-independent',
    title: 'serves one account while the refresh of another hangs, and after that one is lost',
    level: must('ours'),
    source: 'experience: one customer whose refresh hung, and all the others waiting',
    why: 'One lock for all makes everybody wait for whoever is slowest. Lock by link, and end by link.',
    alsoFor: everywhere,
    needs: { features: ['multiLink', 'concurrent'] },
    after: 'refreshes',
    env: patient,
    async story(scene) {
      const { grants } = scene.world
      await connectTwo(scene)
      scene.mark('hanging')
      scene.arm('api expireEarly times=2')
      await whileHeld(scene, {
        by: 'token:refresh_token hold nth=1 count=2 forMs=6000',
        act: () => scene.call({ link: slow }),
        meanwhile: async () => {
          await askAside(scene)
          await scene.call({ link: quick })
        },
      })
      scene.mark('lost')
      await scene.wrongly(async () => {
        const [first] = await grants.list()
        if (first) await grants.revoke(first.id)
      })
      await scene.call({ link: slow })
      await scene.call({ link: quick })
    },
    missed(evidence) {
      const [hung] = struckBy(refreshes(under(evidence, 'hanging')), 'hold')
      if (!hung) return 'no refresh was made to hang'
      if (!tookAnother(evidence, 'hanging', hung)) return oneAtATime
      if (refreshes(under(evidence, 'lost')).every(succeeded)) return 'no refresh of a lost grant was tried'
    },
    judge(evidence) {
      const [hung] = struckBy(refreshes(under(evidence, 'hanging')), 'hold')
      if (!hung || !tookAnother(evidence, 'hanging', hung)) return undefined
      const [served] = stepsOf(evidence, 'call', 'hanging').filter(({ asked }) => asked.link === quick)
      if (served && (served.answer?.result !== 'ok' || served.to > evidence.exchanges.indexOf(hung)))
        return saw('did not serve one account before the hanging refresh of another had ended', hung)
      const [after] = stepsOf(evidence, 'call', 'lost').filter(({ asked }) => asked.link === quick)
      if (after && after.answer?.result !== 'ok')
        return saw(
          `answers ${after.answer?.result ?? 'nothing'} for one account because another has lost its grant`,
          hung,
        )
    },
    mutant: {
      bug: 'has one lock for all links',
      find: '=> store.alone(name, work)',
      replace: "=> store.alone('refresh', work)",
    },
  }),
]
