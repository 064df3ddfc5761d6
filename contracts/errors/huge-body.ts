import { type Clause, clause, everywhere, should } from '../../src/contract/clause.ts'
import { type Evidence, saw } from '../../src/contract/evidence.ts'
import { codeExchanges, outcomes, under } from '../../src/contract/reading.ts'
import { isTold } from './told.ts'

/** In megabytes; a fault sends no more than one of them at a time. */
const megabytes = 4

const code = { ofSmall: 'after_nothing', ofHuge: 'after_megabytes' }

const wasRefused = (evidence: Evidence, mark: string) =>
  codeExchanges(under(evidence, mark)).some(({ faults }) => faults?.length)

/** Bodies that are longer than any answer. */
export const hugeBody: readonly Clause[] = [
  clause({
    id: 'er-huge-body',
    title: 'stops reading an error body that does not end',
    level: should('ours'),
    source: 'experience: pages of many megabytes in the place of an error',
    why: 'Whoever reads it all holds as much in memory as the other side likes. A megabyte is more than any error needs: stop there.',
    alsoFor: everywhere,
    after: 'connects',
    // Its length is to end it, and no time.
    env: (env) => ({ ...env, requestTimeoutMs: 10_000 }),
    async story(scene) {
      const on = 'token:authorization_code'
      scene.arm({ on, kind: 'status', status: 400, body: { error: code.ofSmall } })
      scene.mark('small')
      await scene.connect()
      scene.arm({ on, at: 'after', kind: 'status', status: 400, body: {} })
      for (let part = 0; part < megabytes; part++)
        scene.arm({ on, kind: 'replace', fields: { [`part_${part}`]: 'x'.repeat(999_000) } })
      // The last member: whoever knows it has read them all.
      scene.arm({ on, kind: 'replace', fields: { error: code.ofHuge } })
      scene.mark('huge')
      await scene.connect()
      scene.mark('after')
      await scene.connect()
      await scene.call()
    },
    missed(evidence) {
      if (!wasRefused(evidence, 'huge')) return 'no huge body came'
      if (!isTold(evidence, code.ofSmall)) return 'it does not tell error codes, so how far it reads is not seen'
    },
    judge(evidence) {
      if (!wasRefused(evidence, 'huge')) return undefined
      const sent = codeExchanges(under(evidence, 'huge'))
      if (outcomes(evidence, 'huge').includes('connected')) return saw('says connected after a refusal', ...sent)
      if (isTold(evidence, code.ofHuge)) return saw(`read an error body of ${megabytes} MB to its end`, ...sent)
    },
    mutant: {
      bug: 'reads bodies to their end, whatever their length',
      find: 'const longestBody = 1_048_576',
      replace: 'const longestBody = Number.MAX_SAFE_INTEGER',
    },
  }),
]
