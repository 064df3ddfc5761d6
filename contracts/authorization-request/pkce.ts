import { type Clause, clause, must, should } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import { codeExchanges, stepsOf, tokenFields } from '../../src/contract/reading.ts'
import { begun, unbegun } from './begun.ts'
import { layersOf } from './layers.ts'

/** PKCE: what ties a code to the client that asked for it. */
export const pkce: readonly Clause[] = [
  clause({
    id: 'ar-pkce-s256',
    title: 'sends a code challenge of 43 base64url characters by the method S256',
    level: should(),
    source: 'RFC 7636 §4.2 and §4.3; RFC 9700 §2.1.1',
    why: 'Whoever gets hold of a code can otherwise redeem it, and a challenge that is written otherwise never matches. Hash the verifier, base64url, no padding.',
    alsoFor: ['mercury', 'standard'],
    needs: { features: ['pkce'] },
    control: false,
    async story(scene) {
      await scene.begin()
    },
    missed: unbegun,
    judge(evidence) {
      const [url] = begun(evidence)
      if (!url) return undefined
      const challenge = url.searchParams.get('code_challenge')
      const method = url.searchParams.get('code_challenge_method')
      if (!challenge) return saw('sent no code challenge')
      if (method !== 'S256') return saw(`sent a code challenge by the method ${method ?? 'plain, as it named none'}`)
      if (!/^[\w-]{43}$/.test(challenge)) return saw('sent a code challenge that is not 43 base64url characters')
    },
    mutant: {
      bug: 'writes its challenge in base64 with padding',
      find: "createHash('sha256').update(verifier).digest('base64url')",
      replace: "createHash('sha256').update(verifier).digest('base64')",
    },
  }),
  clause({
    id: 'ar-pkce-fresh',
    title: 'makes another code verifier for each login',
    level: must(),
    source: 'RFC 7636 §4.1; RFC 9700 §2.1.1',
    why: 'A verifier that has been used once may be known to others. Make one for each login, also when the one before has failed.',
    alsoFor: ['mercury', 'standard'],
    needs: { features: ['pkce'] },
    async story(scene) {
      const first = await scene.visit(await scene.begin())
      scene.arm('token:authorization_code status status=400 body={"error":"invalid_grant"}')
      await scene.callback('browser', first)
      await scene.callback('browser', await scene.visit(await scene.begin()))
    },
    missed(evidence) {
      if (challengesOf(evidence).length < 2) return 'there were no two logins with a code challenge'
    },
    judge(evidence) {
      const challenges = challengesOf(evidence)
      if (new Set(challenges).size < challenges.length) return saw('sent one code challenge for two logins')
    },
    mutant: {
      bug: 'has one code verifier for all logins',
      find: "env.pkce ? randomBytes(32).toString('base64url') : undefined",
      replace: "env.pkce ? createHash('sha256').update(env.storeDir).digest('base64url') : undefined",
      drags: ['se-code-substitution'],
    },
  }),
  clause({
    id: 'ar-pkce-verifier-hidden',
    title: 'shows its code verifier to nobody before the token request',
    level: must(),
    source: 'RFC 7636 §7.1; RFC 9700 §2.1.1',
    why: 'A verifier in a URL, a state or a cookie is stolen together with the code that it protects. Keep it at the client until the code is redeemed.',
    alsoFor: ['mercury', 'standard'],
    needs: { features: ['pkce'] },
    control: false,
    async story(scene) {
      await scene.connect()
    },
    missed: (evidence) => (verifierOf(evidence) ? undefined : 'no code verifier was sent with the code'),
    judge(evidence) {
      const verifier = verifierOf(evidence)
      if (!verifier) return undefined
      const shows = (text: string) => layersOf(text).some((layer) => layer.includes(verifier))
      if (begun(evidence).some(({ href }) => shows(href)))
        return saw('put the code verifier into the authorization URL')
      const { headers = {}, body = '' } = stepsOf(evidence, 'callback')[0]?.answer?.http ?? {}
      if (shows(`${JSON.stringify(headers)} ${body}`)) return saw('showed the code verifier to the browser')
    },
    mutant: {
      bug: 'sends the verifier along with its challenge',
      find: "code_challenge_method: 'S256'",
      replace: "code_challenge_method: 'S256', code_verifier: verifier",
    },
  }),
]

const challengesOf = (evidence: Parameters<typeof begun>[0]) =>
  begun(evidence).flatMap((url) => url.searchParams.get('code_challenge') || [])

const verifierOf = ({ exchanges }: Parameters<typeof begun>[0]) =>
  codeExchanges(exchanges).flatMap((one) => tokenFields(one).code_verifier || [])[0]
