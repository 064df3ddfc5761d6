import { type Clause, clause, everywhere, must } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import { codeExchanges, outcomes, under } from '../../src/contract/reading.ts'

/** A callback whose state is not the one that was sent. */
export const stateChecks: readonly Clause[] = [
  clause({
    id: 'cb-state-mismatch',
    title: 'refuses a callback whose state is not the one that it sent',
    level: must(),
    source: 'RFC 6749 §10.12; RFC 9700 §2.1',
    why: 'Such a callback was made by somebody else, with a code of theirs. Ask for no token, and offer to start again.',
    alsoFor: everywhere,
    async story(scene) {
      const url = new URL(await scene.visit(await scene.begin('alice')))
      await scene.wrongly(() => url.searchParams.set('state', 'of-somebody-else'))
      scene.mark('callback')
      await scene.callback('alice', url.href)
    },
    judge(evidence) {
      const [exchange] = codeExchanges(under(evidence, 'callback'))
      if (exchange) return saw('exchanged the code of a callback with a foreign state', exchange)
      if (outcomes(evidence).includes('connected')) return saw('says connected after a callback with a foreign state')
    },
    mutant: { bug: 'does not compare the state', find: 'TODO', replace: 'TODO' },
  }),
]
