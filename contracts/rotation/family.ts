import { type Clause, clause, should } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import { refreshes, results, saidOver, times, under } from '../../src/contract/reading.ts'
import { refusedByName, rotating, unsaid } from './presented.ts'

/** All tokens of a grant have ended. */
export const family: readonly Clause[] = [
  clause({
    id: 'rc-family-revoked',
    title: 'stops and asks for a new login when all tokens of a grant have ended',
    level: should(),
    source: 'RFC 9700 §4.14.2',
    why: 'A server that saw a token twice ends them all, and no try brings them back. Say so once, remember it, and ask nobody again before the person has logged in.',
    alsoFor: rotating,
    after: 'refreshes',
    async story(scene) {
      const { grants } = scene.world
      await scene.connect()
      await scene.call()
      scene.mark('ended')
      await scene.wrongly(async () => {
        for (const { id } of await grants.list()) await grants.revoke(id)
      })
      scene.arm(refusedByName('1n'))
      for (let time = 0; time < calls; time++) await scene.call()
    },
    missed(evidence) {
      if (refreshes(under(evidence, 'ended')).length === 0) return 'no refresh was tried'
      if (!saidOver(under(evidence, 'ended'))) return unsaid
    },
    judge(evidence) {
      const seen = under(evidence, 'ended')
      if (!saidOver(seen)) return undefined
      const sent = refreshes(seen)
      if (sent.length > 2)
        return saw(`refreshed ${times(sent.length)} for ${calls} calls of a grant that has ended`, ...sent)
      const other = results(evidence, 'ended').find((one) => one !== 'needs_reauth')
      if (other) return saw(`answers ${other} where only a new login helps`, ...sent)
    },
    mutant: {
      bug: 'does not remember that its grant has ended',
      find: 'return { answer: needsReauth(await giveUp(link, came.code), came.status) }',
      replace: 'return { answer: needsReauth(link, came.status) }',
      drags: ['rc-lost-response-final', 'rf-invalid-grant-terminal', 'rv-elsewhere'],
    },
  }),
]

const calls = 4
