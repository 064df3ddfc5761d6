import { type Clause, clause, everywhere, must, should } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import { queryOf, stepsOf } from '../../src/contract/reading.ts'

/** `state`: what ties the browser that comes back to the one that left. */
export const state: readonly Clause[] = [
  clause({
    id: 'ar-state-present',
    title: 'sends a state with each authorization request',
    level: must(),
    levels: { mekari: should() },
    source: 'RFC 6749 §10.12; RFC 9700 §2.1',
    why: 'Without one anybody can finish a login of theirs in the browser of another. Send a random value and compare it at the callback.',
    alsoFor: everywhere,
    control: false,
    async story(scene) {
      await scene.begin()
    },
    judge(evidence) {
      const [step] = stepsOf(evidence, 'begin')
      if (step?.answer && !queryOf(step.answer.url).state) return saw('sent an authorization request without state')
    },
    mutant: { bug: 'sends no state', find: "url.searchParams.set('state', state)", replace: '' },
  }),
]
