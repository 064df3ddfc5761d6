import { type Clause, clause, should } from '../../src/contract/clause.ts'
import { type Evidence, saw } from '../../src/contract/evidence.ts'
import { refreshes, results, saidOver, struckBy, times, under } from '../../src/contract/reading.ts'
import type { Scene } from '../../src/contract/scene.ts'
import { mayBeWaiting, refusedByName, rotating, stillWaiting, unsaid } from './presented.ts'
import { patient } from './while-held.ts'

/** The process ends before the new tokens are stored. */
export const crash: readonly Clause[] = [
  clause({
    id: 'rc-crash-before-persist',
    title: 'tries its stored token once after a crash within a refresh, and says if that is refused',
    level: should('ours'),
    source: 'experience: tokens marked as used before the next one was stored; clients that never came up again',
    why: 'The server may still honour the token that is stored, or may not have seen the request at all. Start as usual, try it once, and believe the answer.',
    alsoFor: rotating,
    after: 'refreshes',
    env: patient,
    async story(scene) {
      await scene.connect()
      await scene.call()
      scene.world.rotations.set('grace:3600', scene.provider)
      await crashWithin(scene, 'forgiving')
      scene.world.rotations.set('singleUse', scene.provider)
      scene.arm(refusedByName('2-99'))
      await crashWithin(scene, 'strict')
    },
    missed(evidence) {
      if (struckBy(refreshes(evidence.exchanges), 'drop').length < 2) return 'no refresh was under way at the crash'
      if (mayBeWaiting(evidence, answers(evidence, 'forgiving')) || mayBeWaiting(evidence, answers(evidence, 'strict')))
        return stillWaiting
      if (!saidOver(under(evidence, 'strict, restarted'))) return unsaid
    },
    judge(evidence) {
      const lost = struckBy(refreshes(evidence.exchanges), 'drop')
      const afterwards = (name: string) => {
        const sent = refreshes(under(evidence, `${name}, restarted`)).filter((one) => !lost.includes(one))
        const came = answers(evidence, name)
        return { sent, last: mayBeWaiting(evidence, came) ? undefined : came.at(-1) }
      }
      const forgiving = afterwards('forgiving')
      if (lost.length > 0 && forgiving.last !== undefined && forgiving.last !== 'ok')
        return saw(`answers ${forgiving.last} after a crash, though its stored token still worked`, ...forgiving.sent)
      // Who is not told that its token is dead cannot know.
      if (!saidOver(under(evidence, 'strict, restarted'))) return undefined
      const strict = afterwards('strict')
      if (strict.sent.length > 2)
        return saw(`presented a dead token ${times(strict.sent.length)} after a crash`, ...strict.sent)
      if (lost.length > 1 && strict.last !== undefined && strict.last !== 'needs_reauth')
        return saw(`answers ${strict.last} after a crash that cost it its tokens`, ...strict.sent)
    },
    mutant: {
      bug: 'gives up a link when the refresh before its start came to nothing',
      find: 'if (isPaused(link.trouble, now())) return { answer: troubled(link.trouble) }',
      replace: [
        'const { began } = Object.assign(store, { began: store.began ?? now() })',
        "if (link.trouble?.since <= began) return { answer: needsReauth(await giveUp(link, 'crashed')) }",
        'if (isPaused(link.trouble, now())) return { answer: troubled(link.trouble) }',
      ].join('\n    '),
      drags: ['rs-refused-then-ok'],
    },
  }),
]

const answers = (evidence: Evidence, name: string) => results(evidence, `${name}, restarted`)

/** The answer to a refresh is on its way when the process is killed. */
async function crashWithin(scene: Scene, name: string): Promise<void> {
  const { faults } = scene.world
  scene.mark(name)
  scene.arm('api expireEarly')
  scene.arm('token:refresh_token drop after')
  let hold: string | undefined
  await scene.wrongly(() => {
    hold = faults.arm('token:refresh_token hold after count=2 forMs=6000').id
  })
  const lost = scene.call()
  lost.catch(() => {})
  await (hold === undefined ? lost : Promise.race([faults.gathered(hold), lost]))
  await scene.kill()
  scene.mark(`${name}, restarted`)
  if (hold !== undefined) faults.release(hold)
  await scene.restart()
  await scene.call()
  // Some wait after a failure, and remember it.
  await scene.advance('1m')
  await scene.call()
}
