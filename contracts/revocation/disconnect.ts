import { type Clause, clause, everywhere, must, should } from '../../src/contract/clause.ts'
import { type Evidence, saw } from '../../src/contract/evidence.ts'
import {
  answerOf,
  apiCalls,
  bearerOf,
  results,
  revocations,
  since,
  stepsOf,
  succeeded,
  tokenFields,
  tokenRequests,
  under,
} from '../../src/contract/reading.ts'

const issued = ({ exchanges }: Evidence, name: 'access_token' | 'refresh_token'): readonly string[] =>
  tokenRequests(exchanges)
    .filter(succeeded)
    .map((one) => answerOf(one)[name])
    .filter((token) => typeof token === 'string')

/** A file of the store with a token in it, at the end. */
function leftIn(evidence: Evidence) {
  const tokens = [...issued(evidence, 'access_token'), ...issued(evidence, 'refresh_token')]
  return evidence.store.find(({ text }) => tokens.some((token) => text.includes(token)))
}

/** What the client was told to have come of it. */
const told = (evidence: Evidence, mark: string) => stepsOf(evidence, 'disconnect', mark)[0]?.answer?.result

const unanswered = (evidence: Evidence) =>
  stepsOf(evidence, 'disconnect').some(({ answer }) => answer) ? undefined : 'nothing came of the disconnect'

/** A user ends a link in the client. */
export const disconnect: readonly Clause[] = [
  clause({
    id: 'rv-disconnect-revokes',
    title: 'revokes the refresh token at the provider when a link is disconnected',
    level: should(),
    source: 'RFC 7009 §2.1',
    why: 'A token that is merely forgotten lives on, in backups and in the list of connected applications. Revoke it first, then delete it.',
    alsoFor: ['finexer', 'standard'],
    needs: { ops: ['disconnect'], features: ['revoke'] },
    after: 'connects',
    control: false,
    async story(scene) {
      await scene.connect()
      scene.mark('disconnect')
      await scene.disconnect()
    },
    missed: unanswered,
    judge(evidence) {
      const sent = revocations(under(evidence, 'disconnect'))
      if (sent.length === 0) return saw('disconnected without revoking anything at the provider')
      const accepted = sent.filter(succeeded)
      if (accepted.length === 0) return saw('sent a revocation that the provider refused', ...sent)
      const [refreshToken] = issued(evidence, 'refresh_token').slice(-1)
      const named = accepted.flatMap((one) => [tokenFields(one).token, tokenFields(one).refresh_token, bearerOf(one)])
      if (refreshToken !== undefined && !named.includes(refreshToken))
        return saw('revoked another token than its refresh token, which lives on', ...accepted)
    },
    mutant: {
      bug: 'forgets its tokens and leaves them alive',
      find: 'if (env.revokeUrl === undefined || accessToken === undefined) return left',
      replace: 'if (accessToken !== "") return left',
      drags: ['rv-204-empty', 'rv-400-already', 'rv-503-keeps-trying'],
    },
  }),
  clause({
    id: 'rv-204-empty',
    title: 'takes an empty answer to a revocation for the success that it is',
    level: must('provider'),
    source: 'HTTP: a 204 has no body (RFC 9110 §15.3.5)',
    why: 'Whoever parses each answer as JSON reports a failure of what has worked, and revokes again and again. Look at the status first.',
    alsoFor: ['finexer'],
    needs: { ops: ['disconnect'], features: ['revoke'] },
    after: 'connects',
    control: false,
    async story(scene) {
      await scene.connect()
      scene.mark('disconnect')
      await scene.disconnect()
    },
    missed: ({ exchanges }) =>
      revocations(exchanges).some(({ response }) => response.status === 204) ? undefined : 'no 204 was sent',
    judge(evidence) {
      const [accepted] = revocations(under(evidence, 'disconnect')).filter(succeeded)
      const result = told(evidence, 'disconnect')
      if (accepted && result !== undefined && result !== 'revoked')
        return saw(`said ${result} after the provider had revoked the token`, accepted)
    },
    mutant: {
      bug: 'reads JSON in every answer to a revocation',
      find: "if ('status' in reply && reply.status >= 200 && reply.status < 300) return undefined",
      replace: '',
      drags: ['rv-503-keeps-trying', 'rv-no-use-after'],
    },
  }),
  clause({
    id: 'rv-400-already',
    title: 'forgets a link whose token the provider will not revoke',
    level: should('provider'),
    source: 'RFC 7009 §2.2, where a dead token is no failure; experience',
    why: 'The token was revoked elsewhere before, and a user can never get rid of the link. Delete it, and say what the provider answered.',
    alsoFor: ['finexer'],
    needs: { ops: ['disconnect', 'status'], features: ['revoke'] },
    after: 'connects',
    async story(scene) {
      await scene.connect()
      await scene.wrongly(async () => {
        for (const { id } of await scene.world.grants.list()) await scene.world.grants.revoke(id, 'user')
      })
      scene.mark('disconnect')
      await scene.disconnect()
      await scene.status()
    },
    missed: ({ exchanges }) =>
      revocations(exchanges).some(({ response }) => response.status === 400) ? undefined : 'no revocation was refused',
    judge(evidence) {
      const sent = revocations(under(evidence, 'disconnect'))
      if (sent.length === 0 || sent.some(succeeded)) return undefined
      const result = told(evidence, 'disconnect')
      if (result === 'pending') return saw('keeps a link for later whose token is dead already', ...sent)
      if (result === 'revoked') return saw('said that a token is revoked, though the provider had refused it', ...sent)
      const state = stepsOf(evidence, 'status', 'disconnect').at(-1)?.answer?.state
      if (state === 'connected') return saw('says connected of a link that was disconnected', ...sent)
      const file = leftIn(evidence)
      if (file) return saw(`has a token of the disconnected link in ${file.path}`, ...sent)
    },
    mutant: {
      bug: 'tries to revoke a dead token for ever',
      find: "kind === 'refused' || status === 400 || status === 401",
      replace: 'kind === undefined && status === 401',
    },
  }),
  clause({
    id: 'rv-503-keeps-trying',
    title: 'goes on to take a token for alive that could not be revoked, and tries again later',
    level: must(),
    source: 'RFC 7009 §2.2.1',
    why: 'A server that is down has revoked nothing, and a token that nobody knows of any more stays alive. Keep it for that purpose alone, and tell nobody that it is revoked.',
    alsoFor: ['finexer', 'standard'],
    needs: { ops: ['disconnect'], features: ['revoke', 'clock'] },
    after: 'connects',
    async story(scene) {
      await scene.connect()
      scene.arm({ on: 'revoke', kind: 'status', status: 503, headers: { 'retry-after': '30' } })
      scene.mark('disconnect')
      await scene.disconnect()
      scene.mark('later')
      await scene.advance('2m')
      // Whoever does not try by itself does so when it is asked again.
      await scene.disconnect()
    },
    missed: ({ exchanges }) =>
      revocations(exchanges).some(({ faults = [] }) => faults.length > 0) ? undefined : 'no revocation met the 503',
    judge(evidence) {
      const sent = revocations(since(evidence, 'disconnect'))
      const early = revocations(under(evidence, 'disconnect'))
      if (told(evidence, 'disconnect') === 'revoked' && !early.some(succeeded))
        return saw('said that a token is revoked, though the provider could not do it', ...sent)
      // A second try may be refused for a reason of its own.
      const again = revocations(under(evidence, 'later'))
      if (again.length === 0 && !sent.some(succeeded))
        return saw('never tried again to revoke a token after a 503', ...sent)
    },
    mutant: {
      bug: 'takes any answer to a revocation for the last word',
      find: 'if (!came || isFinal(came)) {',
      replace: 'if (!came || came) {',
    },
  }),
  clause({
    id: 'rv-no-use-after',
    title: 'uses no token of a link that was disconnected, and keeps none',
    level: must(),
    source: 'RFC 7009 §2; RFC 6819 §5.1.6',
    why: 'The user has said that this is over. Delete the tokens, so that no job and no restart finds them.',
    alsoFor: everywhere,
    needs: { ops: ['disconnect'] },
    after: 'connects',
    control: false,
    async story(scene) {
      await scene.connect()
      await scene.call()
      await scene.disconnect()
      scene.mark('after')
      await scene.call()
      await scene.restart()
      await scene.call()
    },
    missed: (evidence) => unanswered(evidence) ?? (results(evidence, 'after').length > 0 ? undefined : 'no call came'),
    judge(evidence) {
      const seen = under(evidence, 'after')
      const [used] = [...apiCalls(seen), ...tokenRequests(seen)]
      if (used) return saw(`sent a request to ${used.request.url.split('?')[0]} after the disconnect`, used)
      const file = leftIn(evidence)
      if (file) return saw(`has a token of the disconnected link in ${file.path}`)
      const other = results(evidence, 'after').find((result) => result !== 'needs_reauth')
      if (other) return saw(`answered a call on a disconnected link by ${other}`)
    },
    mutant: {
      bug: 'goes on with the tokens of a link that was disconnected',
      find: "const left = ended(link, 'disconnected', 'disconnected')",
      replace: 'const left = link',
    },
  }),
]
