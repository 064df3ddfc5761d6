import { type Clause, clause, everywhere, must, should } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import {
  answerOf,
  apiCalls,
  bearerOf,
  codeExchanges,
  refreshes,
  results,
  since,
  struckBy,
  succeeded,
  under,
} from '../../src/contract/reading.ts'
import { presented, rotating } from './presented.ts'
import { oneAtATime, patient, tookAnother, whileHeld } from './while-held.ts'

/** Whatever is written last, the newer tokens stay. */
export const newerWins: readonly Clause[] = [
  clause({
    id: 'rc-stale-writer',
    title: 'never writes older tokens over newer ones',
    level: must('ours'),
    source: 'RFC 6749 §6; experience: whole files that were written back by a process that had read them long ago',
    why: 'A process that writes back what it read before takes the only good refresh token away from all. Change the entry as it is now, and only what you mean to change.',
    alsoFor: rotating,
    needs: { features: ['multiProcess'] },
    after: 'refreshes',
    env: patient,
    async story(scene) {
      await scene.connect()
      await scene.call()
      const other = await scene.second()
      await other.call()
      scene.mark('meanwhile')
      // The one's call is still under way when the other has refreshed.
      scene.arm('api expireEarly nth=2')
      await whileHeld(scene, {
        by: 'api hold after nth=1 count=2 forMs=6000',
        act: () => other.call(),
        meanwhile: () => scene.call(),
      })
      await other.kill()
      scene.mark('restarted')
      await scene.restart()
      await scene.call()
      scene.arm('api expireEarly')
      await scene.call()
    },
    missed(evidence) {
      const seen = under(evidence, 'meanwhile')
      if (struckBy(seen, 'hold').length === 0) return 'no call was under way meanwhile'
      if (!refreshes(seen).some(succeeded)) return 'nobody refreshed meanwhile'
    },
    judge(evidence) {
      const newest = refreshes(under(evidence, 'meanwhile')).filter(succeeded).at(-1)
      if (!newest) return undefined
      const [next] = refreshes(under(evidence, 'restarted'))
      if (next && presented([next])[0] !== answerOf(newest).refresh_token)
        return saw('presented an older refresh token than the one that had been stored last', newest, next)
      const failed = results(evidence, 'restarted').find((one) => one !== 'ok')
      if (failed) return saw(`answers ${failed} after one process had written later than another`, newest, next)
    },
    mutant: {
      bug: 'writes a link back after each call, as it was when the call began',
      find: 'let reply = await ask(first.link, asked, signal)',
      replace: [
        'let reply = await ask(first.link, asked, signal)',
        'const { link: begun } = first',
        "if ('status' in reply && reply.status !== 401) await store.update(name, () => begun)",
      ].join('\n    '),
      drags: ['ap-concurrent-401-one-refresh'],
    },
  }),
  clause({
    id: 'rc-reconnect-during-refresh',
    title: 'keeps the tokens of a new login, though a refresh of the old ones ends later',
    level: should('ours'),
    source: 'experience: new logins that were undone by a refresh that had begun before',
    why: 'The person has just connected again, and what the refresh brings is of the old grant. Drop it when the link is not the one that you began with.',
    alsoFor: everywhere,
    needs: { features: ['concurrent'] },
    after: 'refreshes',
    env: patient,
    async story(scene) {
      await scene.connect()
      await scene.call()
      scene.mark('login')
      scene.arm('api expireEarly')
      await whileHeld(scene, {
        by: 'token:refresh_token hold after count=2 forMs=6000',
        act: () => scene.call(),
        meanwhile: () => scene.connect(),
      })
      scene.mark('afterwards')
      await scene.restart()
      await scene.call()
    },
    missed(evidence) {
      const seen = under(evidence, 'login')
      const [held] = struckBy(refreshes(seen), 'hold')
      if (!held) return 'no refresh was under way'
      // The login itself may wait for the refresh: then nothing is written late.
      if (!tookAnother(evidence, 'login', held)) return oneAtATime
      if (!codeExchanges(seen).some(succeeded)) return 'no new login came meanwhile'
    },
    judge(evidence) {
      const login = codeExchanges(under(evidence, 'login')).find(succeeded)
      if (!login) return undefined
      // What has come of the new login: its own tokens, and those that its refresh token brings.
      const access = new Set<unknown>([answerOf(login).access_token])
      const refresh = new Set<unknown>([answerOf(login).refresh_token])
      const seen = since(evidence, 'login')
      for (const one of refreshes(seen).filter((each) => refresh.has(presented([each])[0]))) {
        access.add(answerOf(one).access_token)
        refresh.add(answerOf(one).refresh_token)
      }
      const old = apiCalls(under(evidence, 'afterwards')).find((call) => !access.has(bearerOf(call)))
      if (old) return saw('called with a token of the old grant after a new login', login, old)
      const failed = results(evidence, 'afterwards').find((one) => one !== 'ok')
      if (failed) return saw(`answers ${failed} after a new login`, login)
    },
    mutant: {
      bug: 'stores what a refresh brings, whatever has happened meanwhile',
      find: 'return renewed(await store.update(name, ifUnchanged(link, renewedBy(came.granted))))',
      replace: 'return renewed(await store.update(name, () => renewedBy(came.granted)(link)))',
    },
  }),
]
