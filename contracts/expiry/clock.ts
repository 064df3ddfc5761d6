import { type Clause, clause, everywhere, should } from '../../src/contract/clause.ts'
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
import type { Scene } from '../../src/contract/scene.ts'

const day = 86_400

async function calls(scene: Scene, mark: string) {
  scene.mark(mark)
  for (let call = 0; call < 3; call++) await scene.call()
}

const jumps = { ahead: 'a day ahead', back: 'back by two days' }

/** Clocks that jump, months that pass, and a process that starts again. */
export const clock: readonly Clause[] = [
  clause({
    id: 'ex-clock-jump',
    title: 'goes on when its own clock jumps, with one refresh more at most',
    level: should('ours'),
    source: 'experience: a machine that wakes up, or sets its clock by the network',
    why: 'A jump makes a live token look dead, or a dead one alive. One refresh or one 401 has to be enough to find out.',
    alsoFor: everywhere,
    needs: { ops: ['advance'], features: ['clock'] },
    after: 'refreshes',
    async story(scene) {
      await scene.connect()
      await scene.call()
      // The client's clock alone.
      await scene.wrongly(() => scene.ask('advance', { seconds: day }))
      await calls(scene, 'ahead')
      await scene.wrongly(() => scene.ask('advance', { seconds: -2 * day }))
      await calls(scene, 'back')
      scene.arm('api expireEarly')
      scene.mark('over')
      await scene.call()
    },
    missed: (evidence) =>
      apiCalls(under(evidence, 'over')).some((one) => wasStruck(one, 'expireEarly'))
        ? undefined
        : 'no token was over at last',
    judge(evidence) {
      for (const [mark, where] of Object.entries(jumps)) {
        const sent = refreshes(under(evidence, mark))
        if (sent.length > 1)
          return saw(`refreshed ${times(sent.length)} in 3 calls after its clock went ${where}`, ...sent)
        const failed = results(evidence, mark).find((one) => one !== 'ok')
        if (failed) return saw(`answered ${failed} to a call after its clock went ${where}`, ...under(evidence, mark))
      }
      const [last] = results(evidence, 'over')
      if (last !== undefined && last !== 'ok')
        return saw(`answered ${last} when its token was over, after its clock went back`, ...under(evidence, 'over'))
    },
    mutant: {
      bug: 'refreshes after a 401 only if its token is not younger than its clock',
      find: 'first.link.accessToken === found.accessToken',
      replace: 'first.link.accessToken === found.accessToken && now() >= found.refreshedAt',
    },
  }),
  clause({
    id: 'ex-180-day-window',
    title: 'refreshes within the 180 days in which both of its tokens live',
    level: should('ours'),
    source: 'experience: access token and refresh token end together',
    why: 'Who waits until the access token is over finds the refresh token dead as well. Refresh weeks ahead.',
    alsoFor: ['mercado-pago'],
    needs: { ops: ['advance'], features: ['clock'] },
    after: 'refreshes',
    control: false,
    async story(scene) {
      await scene.connect()
      await scene.call()
      await scene.advance('170d', '10d')
      await scene.call()
      await scene.advance('15d', '1d')
      scene.mark('after 185 days')
      await scene.call()
    },
    missed: (evidence) =>
      results(evidence, 'after 185 days').length > 0 ? undefined : 'no call was answered after 185 days',
    judge(evidence) {
      const [result] = results(evidence, 'after 185 days')
      if (result !== undefined && result !== 'ok')
        return saw(
          `answered ${result} after 185 days: it had not refreshed before both tokens were over`,
          ...refreshes(since(evidence)),
        )
    },
    mutant: {
      bug: 'thinks that the refresh tokens of Mercado Pago live for ever',
      find: '    idleDays: 180,\n',
      replace: '',
      drags: ['rf-idle-keepalive'],
    },
  }),
  clause({
    id: 'ex-deadline-survives-restart',
    title: 'knows the deadline of its access token after a restart',
    level: should(),
    source: 'RFC 6749 §5.1',
    why: 'A life that is counted anew at each start is too long, and one that is forgotten ends in a refused call. Store the moment, not the seconds.',
    alsoFor: everywhere,
    needs: { ops: ['advance'], features: ['clock'] },
    after: 'refreshes',
    async story(scene) {
      // Told so; in truth the tokens live on, and no 401 helps.
      scene.arm('token replace fields.expires_in=600 nth=1n')
      await scene.connect()
      await scene.call()
      await scene.advance('11m')
      scene.mark('over')
      await scene.call()
      await scene.advance('5m')
      await scene.restart()
      scene.mark('restarted')
      await scene.call()
      await scene.advance('6m')
      scene.mark('over again')
      await scene.call()
    },
    missed({ exchanges }) {
      if (!tokenRequests(exchanges).some((one) => wasStruck(one, 'replace')))
        return 'no token was told to live ten minutes'
      if (!apiCalls(exchanges).some((one) => one.mark === 'over again' && succeeded(one)))
        return 'no call was answered after the restart'
    },
    judge(evidence) {
      const [before, early, after] = ['over', 'restarted', 'over again'].map((mark) => refreshes(under(evidence, mark)))
      if (early?.length)
        return saw('refreshed at once after a restart, with a token that was valid for five minutes', ...early)
      if (before?.length && !after?.length)
        return saw(
          'refreshed when its token was over, and after a restart did not',
          ...before,
          ...apiCalls(under(evidence, 'over again')),
        )
    },
    mutant: {
      bug: 'counts the life of a token from its first use in each process',
      find: 'expiresAt !== undefined && now() >= expiresAt - (refreshToken',
      replace:
        'expiresAt !== undefined && now() >= Math.max(expiresAt, ((isDue as { begun?: number }).begun ??= now()) + lifetime) - (refreshToken',
    },
  }),
]
