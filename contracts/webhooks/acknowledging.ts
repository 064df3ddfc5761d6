import { type Clause, clause, should } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import { stepsOf } from '../../src/contract/reading.ts'
import { notReceived, takeBack, unanswered } from './letters.ts'

/** After so many real milliseconds senders take a webhook for lost. */
const soonEnough = 5_000

/** How soon the sender has its answer. */
export const acknowledging: readonly Clause[] = [
  clause({
    id: 'wh-acks-fast',
    title: 'acknowledges a webhook soon, however long its work takes',
    level: should('ours'),
    source: 'experience: senders wait for seconds and repeat what they have no answer to',
    why: 'While the API is slow, each webhook comes again and again until the sender gives up. Acknowledge first, and work then.',
    alsoFor: ['mercado-pago', 'finexer'],
    needs: { ops: ['webhook'], features: ['webhooks'] },
    after: 'connects',
    env: (env) => ({ ...env, requestTimeoutMs: soonEnough + 1_000 }),
    async story(scene) {
      await scene.connect()
      const letter = await takeBack(scene)
      scene.arm('api hang')
      scene.mark('webhook')
      await scene.webhook(letter)
    },
    missed: (evidence) => unanswered(evidence, 'webhook'),
    judge(evidence) {
      const [step] = stepsOf(evidence, 'webhook', 'webhook')
      if (step && step.tookMs > soonEnough)
        return saw(`answered a webhook after ${Math.round(step.tookMs / 1_000)} seconds`)
      return notReceived(evidence, 'webhook')
    },
    mutant: {
      bug: 'acknowledges when its work is done',
      find: 'await Promise.race([check(ending.account), sleep(longestCheckMs, undefined, { ref: false })])',
      replace: 'await check(ending.account)',
    },
  }),
]
