import { type Clause, clause, everywhere, should } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import { codeExchanges, refreshes, results, stepsOf, times, tokenRequests, under } from '../../src/contract/reading.ts'
import type { Scene } from '../../src/contract/scene.ts'
import { isTold } from './told.ts'

const standardCodes = [
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
]

const codesOf = (provider: string) => (provider === 'mercado-pago' ? [...standardCodes, 'forbidden'] : standardCodes)

/** One code, told in other words: what the grant has come to is the same. */
const tellings: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  plainly: { error: 'invalid_grant' },
  'with a reason': { error: 'invalid_grant', error_description: 'The refresh token has expired' },
  'in another language': { error: 'invalid_grant', error_description: 'El token de actualización ya fue utilizado' },
  'as if it would pass': { error: 'invalid_grant', error_description: 'Temporary problem, please try again later' },
  'with members of its own': { message: 'Error validating grant', error: 'invalid_grant', status: 400, cause: [] },
}

const unknown = 'partner_suspended'

/** What the error code of a token endpoint is for. */
export const codes: readonly Clause[] = [
  clause({
    id: 'er-code-surfaced',
    title: 'tells the operator the error code of a refused token request',
    level: should(),
    source: 'RFC 6749 §5.2',
    why: 'The code says whether the secret, the scope, the grant or the request is wrong. Put it into the log or the outcome, or nobody can mend it.',
    alsoFor: ['mercado-pago', 'finexer', 'mercury', 'standard'],
    after: 'connects',
    async story(scene) {
      for (const code of codesOf(scene.provider)) {
        scene.mark(code)
        scene.arm({ on: 'token:authorization_code', kind: 'status', status: 400, body: { error: code } })
        await scene.connect(`browser of ${code}`)
      }
    },
    missed(evidence) {
      const unmet = codesOf(evidence.provider).find((code) => !codeExchanges(under(evidence, code)).some(isStruck))
      if (unmet) return `no code exchange was refused as ${unmet}`
    },
    judge(evidence) {
      for (const code of codesOf(evidence.provider)) {
        const [sent] = codeExchanges(under(evidence, code))
        if (!sent || !isStruck(sent)) continue
        if (stepsOf(evidence, 'callback', code)[0]?.answer?.outcome === 'connected')
          return saw(`says connected after ${code}`, sent)
        if (!isTold(evidence, code)) return saw(`told nobody that a code exchange was refused as ${code}`, sent)
      }
    },
    mutant: {
      bug: 'tells that a login failed, and not why',
      find: "if (came.kind !== 'granted') return answer('failed', came.code)",
      replace: "if (came.kind !== 'granted') return answer('failed', 'login_failed')",
      drags: ['ts-200-error'],
    },
  }),
  clause({
    id: 'er-decide-by-code-not-text',
    title: 'decides by the error code, whatever the description says',
    level: should('ours'),
    source: 'RFC 6749 §5.2; experience: descriptions are reworded, translated, or left out',
    why: 'Descriptions are for people and change without notice. Read the code alone.',
    alsoFor: ['mercado-pago', 'finexer', 'mercury', 'standard'],
    after: 'refreshes',
    async story(scene) {
      for (const [name, body] of Object.entries(tellings)) {
        await scene.connect()
        await scene.call()
        await scene.expire()
        scene.arm({ on: 'token:refresh_token', kind: 'status', status: 400, body } as Parameters<Scene['arm']>[0])
        scene.mark(name)
        await scene.call()
      }
    },
    missed(evidence) {
      const unmet = Object.keys(tellings).find((name) => !refreshes(under(evidence, name)).some(isStruck))
      if (unmet) return `no refresh was refused ${unmet}`
    },
    judge(evidence) {
      const met = Object.keys(tellings).filter((name) => refreshes(under(evidence, name)).some(isStruck))
      const said = met.map((name) => stepsOf(evidence, 'call', name)[0]?.answer?.result)
      const other = said.findIndex((result) => result !== said[0])
      if (other > 0)
        return saw(
          `answered ${said[other]} to invalid_grant told ${met[other]}, and ${said[0]} to the same told ${met[0]}`,
          ...refreshes(under(evidence, met[0] ?? '')),
          ...refreshes(under(evidence, met[other] ?? '')),
        )
    },
    mutant: {
      bug: 'looks for "try again" in the description',
      find: "{ kind: 'refused', code: plainCode(body.error), status }",
      replace:
        "{ kind: 'refused', code: /try again/i.test(String(body.error_description)) ? 'temporarily_unavailable' : plainCode(body.error), status }",
    },
  }),
  clause({
    id: 'er-unknown-code',
    title: 'tells the operator an error code that it does not know, and stops after a few tries',
    level: should(),
    source: 'RFC 6749 §5.2, §8.5',
    why: 'Providers have codes of their own. Do not go on as if nothing had been said: pass the code on, and try no more than a few times.',
    alsoFor: everywhere,
    after: 'refreshes',
    async story(scene) {
      await scene.connect()
      await scene.call()
      await scene.expire()
      scene.arm({ on: 'token:refresh_token', nth: '1n', kind: 'status', status: 400, body: { error: unknown } })
      scene.mark('unknown')
      await scene.call()
    },
    missed: (evidence) =>
      refreshes(under(evidence, 'unknown')).some(isStruck) ? undefined : `no refresh was refused as ${unknown}`,
    judge(evidence) {
      const sent = tokenRequests(under(evidence, 'unknown'))
      if (!sent.some(isStruck)) return undefined
      if (sent.length > 3) return saw(`refreshed ${times(sent.length)} within one call, against ${unknown}`, ...sent)
      const [result] = results(evidence, 'unknown')
      if (result !== undefined && !isTold(evidence, unknown))
        return saw(`told nobody that its refresh was refused as ${unknown}`, ...sent)
    },
    mutant: {
      bug: 'knows the codes of RFC 6749 alone',
      find: "{ kind: 'refused', code: plainCode(body.error), status }",
      replace: `{ kind: 'refused', code: ['${standardCodes.join("', '")}'].includes(body.error) ? body.error : 'error', status }`,
    },
  }),
]

const isStruck = ({ faults = [] }: { faults?: readonly unknown[] | undefined }) => faults.length > 0
