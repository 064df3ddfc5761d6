import { type Clause, clause, must } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import { codeExchanges, isJson, tokenRequests } from '../../src/contract/reading.ts'

/** How a token request is written. */
export const bodyFormat: readonly Clause[] = [
  clause({
    id: 'tr-body-format',
    title: 'writes the body of a token request as documented, and says so in its Content-Type',
    level: must('provider'),
    source: 'RFC 6749 §4.1.3',
    why: 'A server that reads one encoding finds no parameter in another. Send what the page of the provider shows.',
    alsoFor: ['mekari', 'finexer', 'mercado-pago', 'mercury', 'standard'],
    control: false,
    async story(scene) {
      await scene.connect()
    },
    missed: ({ exchanges }) => (tokenRequests(exchanges).length > 0 ? undefined : 'no token request came'),
    judge({ exchanges, env }) {
      const [sent] = tokenRequests(exchanges)
      if (!sent) return undefined
      const type = sent.request.headers['content-type'] ?? 'no Content-Type'
      if (isJson(type) !== (env.bodyFormat === 'json')) return saw(`sent a token request with ${type}`, sent)
      if (codeExchanges([sent]).length === 0)
        return saw(`sent a body that is not what its Content-Type says: ${type}`, sent)
    },
    mutant: { bug: 'writes forms everywhere', find: 'TODO', replace: 'TODO' },
  }),
]
