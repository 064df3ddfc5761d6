import { type Clause, clause, must, should } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import { isJson, tokenFields, tokenRequests } from '../../src/contract/reading.ts'

/** How a token request is written. */
export const bodyFormat: readonly Clause[] = [
  clause({
    id: 'tr-body-format',
    title: 'writes the body of a token request as documented, and says so in its Content-Type',
    level: must('provider'),
    levels: { mekari: should('provider'), mercury: must(), standard: must() },
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
      const isForm = /^application\/x-www-form-urlencoded\b/i.test(type)
      // Mercado Pago's page shows a form, its reference JSON.
      const either = env.provider === 'mercado-pago'
      const isDocumented =
        (isJson(type) && (either || env.bodyFormat === 'json')) || (isForm && (either || env.bodyFormat === 'form'))
      if (!isDocumented) return saw(`sent a token request with ${type}`, sent)
      if (tokenFields(sent).code === undefined)
        return saw(`sent a body that is not what its Content-Type says: ${type}`, sent)
    },
    mutant: {
      bug: 'writes forms everywhere',
      find: 'post(env.tokenUrl, env.bodyFormat, asked',
      replace: "post(env.tokenUrl, 'form', asked",
      at: 'mekari',
    },
  }),
]
