import { createHash } from 'node:crypto'
import { type Clause, clause, must, should } from '../../src/contract/clause.ts'
import { type Evidence, saw } from '../../src/contract/evidence.ts'
import { codeExchanges, queryOf, stepsOf, tokenFields } from '../../src/contract/reading.ts'

const missed = ({ exchanges }: Evidence) => (codeExchanges(exchanges).length > 0 ? undefined : 'no code exchange came')

const askedIn = (evidence: Evidence) => {
  const url = stepsOf(evidence, 'begin')[0]?.answer?.url
  return url === undefined ? {} : queryOf(url)
}

const challengeOf = (verifier: string) => createHash('sha256').update(verifier).digest('base64url')

/** PKCE's second half. */
export const verifier: readonly Clause[] = [
  clause({
    id: 'tr-verifier-sent',
    title: 'sends the verifier of its code challenge, 43 to 128 unreserved characters',
    level: must(),
    source: 'RFC 7636 §4.1, §4.5',
    why: 'Without it, or with one of another login, the code is refused. Keep the verifier with the state of the login.',
    alsoFor: ['mercury', 'standard'],
    needs: { features: ['pkce'] },
    control: false,
    async story(scene) {
      await scene.connect()
    },
    missed: (evidence) => (askedIn(evidence).code_challenge ? missed(evidence) : 'no code challenge was sent'),
    judge(evidence) {
      const { code_challenge: challenge, code_challenge_method: method } = askedIn(evidence)
      const [sent] = codeExchanges(evidence.exchanges)
      if (challenge === undefined || !sent) return undefined
      const { code_verifier: came } = tokenFields(sent)
      if (came === undefined) return saw('sent a code challenge, and no verifier', sent)
      if (!/^[\w.~-]{43,128}$/.test(came))
        return saw('sent a verifier that is not 43 to 128 unreserved characters', sent)
      const expected = method === 'S256' ? challengeOf(came) : came
      if (expected !== challenge) return saw('sent a verifier that does not belong to its code challenge', sent)
    },
    mutant: {
      bug: 'forgets the verifier',
      find: '...(verifier !== undefined && { code_verifier: verifier }),',
      replace: '',
    },
  }),
  clause({
    id: 'tr-verifier-only-with-challenge',
    title: 'sends no verifier where it sent no challenge',
    level: should(),
    source: 'RFC 9700 §4.8.2',
    why: 'Servers refuse a verifier that belongs to no challenge: somebody may have taken the challenge away. Send both or neither.',
    alsoFor: ['mekari', 'mercado-pago', 'finexer', 'standard'],
    control: false,
    env: (env) => ({ ...env, pkce: false }),
    async story(scene) {
      const url = new URL(await scene.begin())
      // A server that lets nobody in without a challenge gets one: what the client sends to it is seen all the same.
      if (scene.provider === 'standard' && !url.searchParams.has('code_challenge')) {
        url.searchParams.set('code_challenge', challengeOf('a verifier that nobody sends'))
        url.searchParams.set('code_challenge_method', 'S256')
      }
      await scene.callback('browser', await scene.visit(url.href))
    },
    missed,
    judge(evidence) {
      const [sent] = codeExchanges(evidence.exchanges)
      if (sent && askedIn(evidence).code_challenge === undefined && tokenFields(sent).code_verifier !== undefined)
        return saw('sent a verifier without having sent a challenge', sent)
    },
    mutant: {
      bug: 'always sends a verifier',
      find: '...(verifier !== undefined && { code_verifier: verifier }),',
      replace: "code_verifier: verifier ?? 'v'.repeat(43),",
    },
  }),
]
