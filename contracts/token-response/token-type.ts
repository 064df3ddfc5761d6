import { type Clause, clause, everywhere, may, must } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import { apiCalls, outcomes, results, stepsOf, under } from '../../src/contract/reading.ts'
import { unlessStruck } from './struck.ts'

const spellings = ['bearer', 'Bearer', 'BEARER']

/** `token_type`: how a token is to be used. */
export const tokenType: readonly Clause[] = [
  clause({
    id: 'ts-token-type-any-case',
    title: 'takes token_type in capitals or small letters, and writes "Bearer" before the token',
    level: must(),
    source: 'RFC 6749 §5.1; RFC 6750 §2.1',
    why: 'Providers write the type as they like, and some read only "Bearer" in the header. Compare without regard to case, and send the word as a constant.',
    alsoFor: ['mekari', 'mercado-pago', 'finexer', 'mercury', 'standard'],
    async story(scene) {
      for (const token_type of spellings) {
        scene.mark(token_type)
        scene.arm({ on: 'token:authorization_code', kind: 'replace', fields: { token_type } })
        await scene.connect()
        await scene.call()
      }
    },
    missed: unlessStruck(spellings.length),
    judge(evidence) {
      for (const spelling of spellings) {
        const seen = under(evidence, spelling)
        const other = apiCalls(seen).find(({ request }) => !request.headers.authorization?.startsWith('Bearer '))
        if (other) return saw(`called without "Bearer" before the token after token_type "${spelling}"`, other)
        if (!outcomes(evidence, spelling).includes('connected')) return saw(`refused token_type "${spelling}"`, ...seen)
        if (results(evidence, spelling).some((result) => result !== 'ok'))
          return saw(`could not use a token of token_type "${spelling}"`, ...seen)
      }
    },
    mutant: {
      bug: 'knows no BEARER',
      find: "String(type).toLowerCase() === 'bearer'",
      replace: "type === 'bearer' || type === 'Bearer'",
    },
  }),
  clause({
    id: 'ts-unknown-token-type',
    title: 'does not use a token whose type it does not know',
    level: must(),
    source: 'RFC 6749 §7.1',
    why: 'A token of another type is sent in another way, and sent plainly it may be stolen. Fail the login with a code that names the type as the reason.',
    alsoFor: everywhere,
    async story(scene) {
      scene.arm({ on: 'token:authorization_code', kind: 'replace', fields: { token_type: 'mac' } })
      await scene.connect()
      await scene.call()
    },
    missed: unlessStruck(),
    judge(evidence) {
      const used = apiCalls(evidence.exchanges).find(({ request }) => request.headers.authorization !== undefined)
      if (used) return saw('called the API with a token of type mac', used)
      if (outcomes(evidence).includes('connected')) return saw('says connected, with a token that it cannot use')
    },
    mutant: {
      bug: 'takes any token type',
      find: "String(type).toLowerCase() === 'bearer'",
      replace: 'true',
    },
  }),
  clause({
    id: 'ts-token-type-missing',
    title: 'takes an answer without token_type as Bearer, or fails with a code',
    level: may(),
    source: 'RFC 6749 §5.1',
    why: 'A header that begins with "undefined" is refused by every API, and nobody sees why. Decide at the callback.',
    alsoFor: everywhere,
    async story(scene) {
      scene.arm({ on: 'token:authorization_code', kind: 'omit', fields: ['token_type'] })
      await scene.connect()
      await scene.call()
    },
    missed: unlessStruck(),
    judge(evidence) {
      const odd = apiCalls(evidence.exchanges).find(
        ({ request }) => !/^bearer /i.test(request.headers.authorization ?? ''),
      )
      if (odd) return saw('called the API without the word Bearer before its token', odd)
      const [step] = stepsOf(evidence, 'callback')
      if (!step?.answer) return undefined
      if (step.answer.outcome !== 'connected')
        return step.answer.code === undefined ? saw('failed without a code where token_type is missing') : undefined
      if (results(evidence).some((result) => result !== 'ok'))
        return saw('says connected, and could not use its token', ...apiCalls(evidence.exchanges))
    },
    mutant: {
      bug: 'gives up without a word where token_type is missing',
      find: 'return readGranted(body,',
      replace:
        "if ('access_token' in body && !('token_type' in body)) return { kind: 'unclear' } as never\n  return readGranted(body,",
    },
  }),
]
