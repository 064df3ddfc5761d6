import { type Clause, clause, everywhere, must } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import { apiCalls, refreshes, results, since, succeeded, times, under } from '../../src/contract/reading.ts'
import { refusedByName } from '../rotation/presented.ts'

/** A user ends a link at the provider. */
export const elsewhere: readonly Clause[] = [
  clause({
    id: 'rv-elsewhere',
    title: 'finds out that access was taken back at the provider, and asks for a new login',
    level: must(),
    source: 'RFC 6749 §5.2',
    why: 'No try will work until a person connects again, and a job that goes on trying looks like an attack. Try to refresh once, then say so.',
    alsoFor: everywhere,
    after: 'connects',
    given: 'refreshes',
    async story(scene) {
      await scene.connect()
      await scene.call()
      await scene.wrongly(async () => {
        for (const { id } of await scene.world.grants.list()) await scene.world.grants.revoke(id, 'user')
      })
      scene.arm(refusedByName('1-99'))
      scene.mark('after')
      await scene.call()
      scene.mark('later')
      await scene.call()
    },
    missed(evidence) {
      if (since(evidence, 'after').every(succeeded)) return 'nothing that it sent was refused'
    },
    judge(evidence) {
      const tried = refreshes(since(evidence, 'after'))
      if (tried.length > 1) return saw(`tried ${times(tried.length)} to refresh a grant that is over`, ...tried)
      const calls = apiCalls(under(evidence, 'later'))
      if (calls.length > 0) return saw('went on to call with a token that is dead', ...calls)
      for (const mark of ['after', 'later']) {
        const other = results(evidence, mark).find((result) => result !== 'needs_reauth')
        if (other) return saw(`says ${other} of a link whose access was taken back`, ...tried)
      }
    },
    mutant: {
      bug: 'takes the end of a grant for a passing trouble',
      find: "if (came.kind === 'refused' && came.code === 'invalid_grant')",
      replace: "if (came.kind === 'refused' && came.code === 'never')",
      drags: ['rf-invalid-grant-terminal', 'rc-family-revoked', 'rc-lost-response-final', 'rc-crash-before-persist'],
    },
  }),
]
