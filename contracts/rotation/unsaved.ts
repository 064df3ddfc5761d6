import { type Clause, clause, should } from '../../src/contract/clause.ts'
import { type Evidence, saw } from '../../src/contract/evidence.ts'
import { refreshes, results, stepsOf, succeeded, under } from '../../src/contract/reading.ts'
import { presented, rotating } from './presented.ts'

/** The store cannot be written. */
export const unsaved: readonly Clause[] = [
  clause({
    id: 'rc-persist-failure-surfaced',
    title: 'says loudly that it could not save new tokens, and goes on with them as long as it lives',
    level: should('ours'),
    source: 'RFC 6749 §6; experience: disks that were full, found out at the next restart',
    why: 'The old token is used up, so the only good one is in memory. Use it, try to save it again, and let an operator know before the process ends.',
    alsoFor: rotating,
    needs: { ops: ['store'] },
    after: 'refreshes',
    async story(scene) {
      await scene.connect()
      await scene.call()
      scene.mark('full')
      await scene.wrongly(() => scene.ask('store', { readonly: true }))
      scene.arm('api expireEarly')
      await scene.call()
      await scene.call()
      scene.mark('mended')
      await scene.wrongly(() => scene.ask('store', { readonly: false }))
      await scene.call()
    },
    missed(evidence) {
      if (!refreshes(under(evidence, 'full')).some(succeeded))
        return 'no tokens came while the store could not be written'
    },
    judge(evidence) {
      const [first, ...more] = refreshes(evidence.exchanges)
      if (!first || !succeeded(first)) return undefined
      const again = more.find((one) => presented([one])[0] === presented([first])[0])
      if (again) return saw('presented the used-up token again, because it had not kept the new one', first, again)
      const answers = [...results(evidence, 'full'), ...results(evidence, 'mended')]
      if (answers.includes('needs_reauth')) return saw('gave up its link because the store could not be written', first)
      if (results(evidence, 'mended').some((one) => one !== 'ok'))
        return saw('does not use its tokens, though the store can be written again', first)
      if (!isLoud(evidence)) return saw('says nothing of tokens that it could not save', first)
    },
    mutant: {
      bug: 'forgets tokens that it could not save',
      find: 'this.#unsaved.set(link.name, link)',
      replace: '',
    },
  }),
]

/** By a code with the answer, by no ok at all, or in the log. */
function isLoud(evidence: Evidence): boolean {
  const told = stepsOf(evidence, 'call', 'full').some(
    ({ answer }) => answer && (answer.code !== undefined || answer.result !== 'ok'),
  )
  return told || evidence.output.split('\n').some((line) => ofFailure.test(line) && ofStore.test(line))
}

const ofFailure =
  /\b(alarm|alert|error|fail|fatal|warn|critical|cannot|can't|could not|couldn't|unable|denied|E[A-Z]{4,})/i
const ofStore = /stor|sav|persist|writ|disk|read.?only|file/i
