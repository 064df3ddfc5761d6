import { type Clause, clause, everywhere, must, should } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import {
  answerOf,
  bearerOf,
  outcomes,
  refreshes,
  results,
  since,
  succeeded,
  times,
  tokenFields,
  tokenRequests,
  under,
} from '../../src/contract/reading.ts'
import { mistaken, refreshInTrouble, unseen } from './trouble.ts'

const badClient = 'a refusal of the client itself'

/** Refreshes that are refused for good. */
export const refused: readonly Clause[] = [
  clause({
    id: 'rf-invalid-grant-terminal',
    title: 'stops at invalid_grant: it says that the person is needed, and refreshes no more',
    level: must('ours'),
    source: 'RFC 6749 §5.2',
    why: 'The token is dead and stays so; asking again fills logs and trips limits. Mark the link, tell the person, and wait for a login.',
    alsoFor: everywhere,
    after: 'refreshes',
    async story(scene) {
      await scene.connect()
      await scene.call()
      await scene.expire()
      scene.arm('token:refresh_token status status=400 body={"error":"invalid_grant"} nth=1n')
      scene.mark('refused')
      for (let call = 0; call < 3; call++) await scene.call()
    },
    missed: (evidence) =>
      refreshes(under(evidence, 'refused')).some(({ faults }) => faults?.length) ? undefined : 'no refresh was refused',
    judge(evidence) {
      const sent = refreshes(under(evidence, 'refused'))
      if (sent.length === 0) return undefined
      if (sent.length > 1)
        return saw(`refreshed ${times(sent.length)} with a token that was refused as invalid_grant`, ...sent)
      const other = results(evidence, 'refused').find((one) => one !== 'needs_reauth')
      if (other) return saw(`answered ${other} to a call after its refresh token was refused as invalid_grant`, ...sent)
    },
    mutant: {
      bug: 'says needs_reauth and tries again at each call',
      find: 'needsReauth(await giveUp(link, came.code), came.status)',
      replace: 'needsReauth({ ...link, reason: came.code }, came.status)',
      drags: ['rc-family-revoked', 'rc-lost-response-final', 'rv-elsewhere'],
    },
  }),
  clause({
    id: 'rf-reauth-recovers',
    title: 'works again after a new login, with nothing left of the dead tokens',
    level: must(),
    source: 'RFC 6749 §1.5; experience: a link that was marked as dead stays so after the login',
    why: 'A person who has connected again expects it to work. Let a login replace tokens, deadline and every mark of failure.',
    alsoFor: everywhere,
    after: 'refreshes',
    async story(scene) {
      await scene.connect()
      await scene.call()
      await scene.wrongly(async () => {
        for (const { id } of await scene.world.grants.list()) await scene.world.grants.revoke(id)
      })
      scene.mark('revoked')
      // What comes of this is judged elsewhere.
      await scene.call()
      scene.mark('again')
      await scene.connect()
      await scene.call()
      await scene.expire()
      await scene.call()
    },
    missed(evidence) {
      const refusedThen = under(evidence, 'revoked').some((one) => !succeeded(one))
      if (!refusedThen) return 'the dead grant was not met'
      if (!refreshes(under(evidence, 'again')).some(succeeded)) return 'nothing was refreshed after the new login'
    },
    judge(evidence) {
      const seen = under(evidence, 'again')
      const [outcome] = outcomes(evidence, 'again')
      if (outcome !== undefined && outcome !== 'connected')
        return saw(`came to ${outcome} at the new login`, ...tokenRequests(seen))
      const old = new Set(
        tokenRequests(since(evidence))
          .filter(({ mark }) => mark !== 'again')
          .flatMap((one) => [answerOf(one).access_token, answerOf(one).refresh_token]),
      )
      const late = seen.find((one) => old.has(bearerOf(one) ?? tokenFields(one).refresh_token ?? ''))
      if (late) return saw('presented a token of the dead link after the new login', late)
      const failed = results(evidence, 'again').find((one) => one !== 'ok')
      if (failed) return saw(`answered ${failed} to a call after the new login`, ...seen)
    },
    mutant: {
      bug: 'leaves a link that is over as it is when its person logs in again',
      find: 'return other ? undefined : linkFrom(login, granted)',
      replace: "return other ? undefined : { ...linkFrom(login, granted), state: before?.state ?? 'connected' }",
    },
  }),
  clause({
    id: 'rf-invalid-client-not-users-fault',
    title: 'keeps the grant when it is itself refused as a client',
    level: should('ours'),
    source: 'RFC 6749 §5.2',
    why: 'A wrong or rotated secret is the operator’s to mend, and no login of a person helps. Keep every grant, and say what is wrong.',
    alsoFor: everywhere,
    after: 'refreshes',
    async story(scene) {
      await scene.connect()
      await scene.call()
      await refreshInTrouble(scene, badClient, { kind: 'status', status: 401, body: { error: 'invalid_client' } })
    },
    missed: (evidence) => unseen(evidence, badClient),
    judge: (evidence) => mistaken(evidence, badClient),
    mutant: {
      bug: 'takes invalid_client for the end of the grant',
      find: "came.code === 'invalid_grant'",
      replace: "['invalid_grant', 'invalid_client'].includes(came.code)",
    },
  }),
]
