import { type Clause, clause, must, should } from '../../src/contract/clause.ts'
import { type Evidence, type Finding, saw } from '../../src/contract/evidence.ts'
import { refreshes, results, stepsOf, struckBy, under } from '../../src/contract/reading.ts'
import type { Player, Scene } from '../../src/contract/scene.ts'
import { rotating } from './presented.ts'
import { patient, whileHeld } from './while-held.ts'

const needs = { features: ['multiProcess'] } as const

/** A refresh is refused, and the store has newer tokens: a process loses a race. */
export const losers: readonly Clause[] = [
  clause({
    id: 'rc-loser-recovers',
    title: "goes on with the winner's token when its own refresh is refused",
    level: must('ours'),
    source: 'RFC 6749 §5.2, §6; experience: losers that cleared the store of the winner',
    why: 'The refusal speaks of a token that somebody else has replaced meanwhile. Read the store again, use what is there, and clear nothing.',
    alsoFor: rotating,
    needs,
    after: 'refreshes',
    env: patient,
    async story(scene) {
      scene.world.rotations.set('singleUse', scene.provider)
      await scene.connect()
      await scene.call()
      const other = await scene.second()
      await other.call()
      scene.mark('race')
      scene.arm('api hold count=2 order=arrival forMs=1000')
      scene.arm('api expireEarly')
      scene.arm('token:refresh_token hold count=2 order=arrival forMs=300')
      // Whoever won has saved its tokens when the other one learns that it has lost.
      scene.arm('token:refresh_token delay after nth=2 ms=200')
      await Promise.all([scene.call(), other.call()])
      await refusedMeanwhile(scene, other, { error: 'invalid_grant' })
    },
    missed,
    judge(evidence) {
      const failed = results(evidence, 'race').find((one) => one !== 'ok')
      if (failed) return saw(`answers ${failed} in one of two processes`, ...refreshes(under(evidence, 'race')))
      return judgeLoser(evidence)
    },
    mutant: {
      bug: 'believes an invalid_grant without a look at the store',
      find: 'const winner = await winnerOver(link)',
      replace: "const winner = came.kind === 'refused' ? undefined : await winnerOver(link)",
    },
  }),
  clause({
    id: 'rc-loser-any-400',
    title: 'looks at the store before it makes anything of a refusal, however that is worded',
    level: should('ours'),
    source: 'RFC 6749 §5.2; experience: races that were lost in prose',
    why: 'Not every server says invalid_grant to the loser of a race. Compare what is stored with what was sent first, and read the refusal only if they are the same.',
    alsoFor: rotating,
    needs,
    after: 'refreshes',
    env: patient,
    async story(scene) {
      await scene.connect()
      await scene.call()
      const other = await scene.second()
      await other.call()
      await refusedMeanwhile(scene, other, 'This authorization was given to somebody else already.')
    },
    missed,
    judge: judgeLoser,
    mutant: {
      bug: 'looks at the store after an OAuth error only',
      find: 'const winner = await winnerOver(link)',
      replace: "const winner = came.kind === 'refused' ? await winnerOver(link) : undefined",
    },
  }),
]

/** One process refreshes; before the answer comes, a refusal, another one has stored the tokens of a new login. */
async function refusedMeanwhile(scene: Scene, other: Player, body: { error: string } | string): Promise<void> {
  scene.mark('login')
  scene.arm('api expireEarly')
  scene.arm({ on: 'token:refresh_token', kind: 'status', status: 400, body })
  await whileHeld(scene, {
    by: 'token:refresh_token hold count=2 forMs=6000',
    act: () => other.call(),
    meanwhile: () => scene.connect(),
  })
  scene.mark('afterwards')
  await scene.call()
  await other.call()
}

function missed(evidence: Evidence): string | undefined {
  if (struckBy(refreshes(under(evidence, 'login')), 'status').length === 0) return 'no refresh was refused'
}

function judgeLoser(evidence: Evidence): Finding | undefined {
  const [refused] = struckBy(refreshes(under(evidence, 'login')), 'status')
  if (!refused) return undefined
  const [login] = stepsOf(evidence, 'callback', 'login')
  const stored = login?.answer?.outcome === 'connected' && login.to <= evidence.exchanges.indexOf(refused)
  const [result] = results(evidence, 'login')
  if (stored && result !== undefined && result !== 'ok')
    return saw(`answers ${result} to a refusal, though newer tokens were stored by then`, refused)
  const after = results(evidence, 'afterwards').find((one) => one !== 'ok')
  if (after) return saw(`answers ${after} after a new login, because a refresh of the old one was refused`, refused)
}
