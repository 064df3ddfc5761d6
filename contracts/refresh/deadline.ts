import { type Clause, clause, everywhere, must } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import { refreshes, results, since, succeeded, times, under } from '../../src/contract/reading.ts'
import type { Scene } from '../../src/contract/scene.ts'

async function calls(scene: Scene) {
  for (let call = 0; call < 3; call++) await scene.call()
}

const parts = { told: 'a new deadline', untold: 'no deadline' }

/** How long the new tokens live, and the old ones that nobody uses. */
export const deadline: readonly Clause[] = [
  clause({
    id: 'rf-idle-keepalive',
    title: 'refreshes an idle link before its refresh token dies',
    level: must('ours'),
    source: 'RFC 9700 §4.14.2, by which idle refresh tokens end',
    why: 'A person who comes back after a long pause finds the link lost, through no fault of theirs. Refresh idle links in time, spread over days.',
    alsoFor: ['mekari', 'mercado-pago', 'mercury', 'standard'],
    needs: { ops: ['advance'], features: ['clock', 'background'] },
    given: 'longer life by refreshes',
    after: 'refreshes',
    control: false,
    async story(scene) {
      await scene.connect()
      await scene.call()
      scene.mark('idle')
      if (scene.provider === 'mercado-pago') await scene.advance('200d', '5d')
      else await scene.advance('40d', '1d')
      scene.mark('back')
      await scene.call()
    },
    missed: (evidence) => (results(evidence, 'back').length > 0 ? undefined : 'no call was answered after the pause'),
    judge(evidence) {
      const [result] = results(evidence, 'back')
      const kept = refreshes(under(evidence, 'idle'))
      if (result !== undefined && result !== 'ok')
        return saw(
          `answered ${result} after a pause: it had refreshed ${kept.length === 0 ? 'not once' : times(kept.length)} meanwhile`,
          ...kept,
          ...refreshes(under(evidence, 'back')),
        )
    },
    mutant: {
      bug: 'thinks of idle links when it is too late',
      find: 'idleDays * 86_400_000 * (0.66 - 0.1 * fractionOf(name))',
      replace: 'idleDays * 86_400_000 * 1.05',
      at: 'mekari',
    },
  }),
  clause({
    id: 'rf-expires-reset',
    title: 'takes the deadline of an access token from the answer that brought it, and knows none where it has none',
    level: must(),
    source: 'RFC 6749 §5.1',
    why: 'A deadline that is left from an older token makes each call refresh. Replace it with each answer, or forget it.',
    alsoFor: everywhere,
    needs: { ops: ['advance'], features: ['clock'] },
    after: 'refreshes',
    async story(scene) {
      scene.arm({ on: 'token:authorization_code', kind: 'replace', fields: { expires_in: 60 } })
      scene.arm('token:authorization_code expireEarly after=60s')
      await scene.connect()
      await scene.call()
      await scene.advance('2m')
      scene.mark('first')
      await scene.call()
      scene.mark('told')
      await calls(scene)
      await scene.expire()
      scene.arm({ on: 'token:refresh_token', kind: 'omit', fields: ['expires_in'] })
      scene.mark('second')
      await scene.call()
      scene.mark('untold')
      await calls(scene)
    },
    missed: (evidence) =>
      ['first', 'second'].every((mark) => refreshes(under(evidence, mark)).some(succeeded))
        ? undefined
        : 'the token was not refreshed twice',
    judge(evidence) {
      for (const [mark, what] of Object.entries(parts)) {
        const sent = refreshes(under(evidence, mark))
        if (sent.length > 0)
          return saw(`refreshed ${times(sent.length)} right after an answer that has ${what}`, ...sent)
        const failed = results(evidence, mark).find((one) => one !== 'ok')
        if (failed)
          return saw(`answered ${failed} right after a refresh that has ${what}`, ...refreshes(since(evidence)))
      }
    },
    mutant: {
      bug: 'keeps the old deadline where an answer has none',
      find: '({ trouble: _, lifetime: __, expiresAt: ___, ...link }: Link): Link => ({',
      replace: '({ trouble: _, ...link }: Link): Link => ({',
      at: 'mekari',
    },
  }),
]
