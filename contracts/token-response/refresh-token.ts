import { type Clause, clause, must } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import { outcomes, refreshes, results } from '../../src/contract/reading.ts'
import { struck, unlessStruck } from './struck.ts'

/** `refresh_token`: not everybody gets one. */
export const refreshToken: readonly Clause[] = [
  clause({
    id: 'ts-refresh-absent',
    title: 'does without a refresh token, and asks for a new login when the access token is over',
    level: must(),
    source: 'RFC 6749 §5.1, §6',
    why: 'Providers give none where nobody asked for access in the absence of the person. A refresh with nothing in it is refused for ever; say that somebody has to connect again.',
    alsoFor: ['mercury', 'mercado-pago', 'standard'],
    after: 'refreshes',
    async story(scene) {
      scene.arm({ on: 'token:authorization_code', kind: 'omit', fields: ['refresh_token'] })
      await scene.connect()
      scene.mark('fresh')
      await scene.call()
      scene.mark('expired')
      await scene.expire()
      await scene.call()
    },
    missed: unlessStruck(),
    judge(evidence) {
      const [answered] = struck(evidence.exchanges)
      if (!outcomes(evidence).includes('connected')) return saw('refused an answer without a refresh token', answered)
      const sent = refreshes(evidence.exchanges)
      if (sent.length > 0) return saw('asked for a refresh without having a refresh token', answered, ...sent)
      if (results(evidence, 'fresh').some((result) => result !== 'ok'))
        return saw('could not use a token that came without a refresh token', answered)
      const [result] = results(evidence, 'expired')
      if (result !== undefined && result !== 'needs_reauth')
        return saw(`said ${result} where nothing but a new login helps`, answered)
    },
    mutant: {
      bug: 'refreshes with what it does not have',
      find: "if (link.refreshToken === undefined) return { answer: needsReauth(await giveUp(link, 'no_refresh_token')) }",
      replace: '',
      at: 'mercury',
    },
  }),
]
