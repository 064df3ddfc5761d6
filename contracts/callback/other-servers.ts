import { type Clause, clause, everywhere, must } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import { queryOf, tokenFields, under } from '../../src/contract/reading.ts'
import { forged, misnamed, taken } from './taken.ts'

const foreign = 'https://elsewhere.example'

/** A callback of another server than the one that the browser was sent to. */
export const otherServers: readonly Clause[] = [
  clause({
    id: 'cb-iss-mismatch',
    title: 'refuses a callback whose iss is not the issuer that it asked',
    level: must(),
    source: 'RFC 9207 §2.4',
    why: 'A code that another server has given goes to the wrong one, which can then use it. Compare iss before anything is sent.',
    alsoFor: ['mercury', 'standard'],
    env: (env) => ({ ...env, issuer: env.issuer ?? new URL(env.authorizeUrl).origin }),
    async story(scene) {
      const url = new URL(await scene.visit(await scene.begin('alice')))
      url.searchParams.set('iss', scene.wrong(scene.env.issuer ?? '', foreign))
      scene.mark('callback')
      await scene.callback('alice', url.href)
    },
    judge: (evidence) => taken(evidence, 'callback', 'a callback of another issuer', forged),
    mutant: {
      bug: 'does not look at iss',
      find: 'if (env.issuer !== undefined && (parameters',
      replace: 'if (env.issuer === null && (parameters',
    },
  }),
  clause({
    id: 'cb-mixup-two-providers',
    title: "sends the code of one provider's callback to no other provider",
    level: must(),
    source: 'RFC 9700 §4.4.2',
    why: 'Whoever controls one of two servers gets the codes of the other so. Keep with each login which server it went to, and compare.',
    alsoFor: everywhere,
    needs: { features: ['multiLink'] },
    after: 'connects',
    async story(scene) {
      const came = await scene.visit(await scene.begin('alice'))
      scene.note('code', queryOf(came).code ?? '')
      const { authorizeUrl, tokenUrl, redirectUri, issuer } = scene.env
      const other = (url: string) => scene.wrong(url, new URL('of-another-server', url).href)
      const there = scene.wrong(redirectUri, `${redirectUri}-of-another-server`)
      // In the control the same server: who forgets logins at a restart has compared nothing.
      await scene.restart({
        authorizeUrl: other(authorizeUrl),
        tokenUrl: other(tokenUrl),
        redirectUri: there,
        ...(issuer !== undefined && { issuer: scene.wrong(issuer, foreign) }),
      })
      scene.mark('other')
      await scene.callback('alice', there + new URL(came).search)
    },
    judge(evidence) {
      const leak = under(evidence, 'other').find((one) => tokenFields(one).code === evidence.notes.code)
      if (leak) return saw('sent the code of one provider to another', leak)
      return misnamed(evidence, 'other', 'a callback of another provider', ['rejected', 'failed'])
    },
    mutant: {
      bug: 'does not look which provider a login went to',
      find: "if (login.authorizeUrl !== env.authorizeUrl) return answer('rejected', 'other_provider')",
      replace: '',
    },
  }),
]
