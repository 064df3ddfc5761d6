import { type Clause, clause, everywhere, should } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import { apiCalls, refreshes, results, stepsOf, struckBy, times, under } from '../../src/contract/reading.ts'

const scopeMissing = {
  on: 'api',
  kind: 'status',
  status: 403,
  body: { error: 'insufficient_scope' },
  headers: { 'www-authenticate': 'Bearer error="insufficient_scope"' },
} as const

/** Answers of the API that say nothing against the token. */
export const otherRefusals: readonly Clause[] = [
  clause({
    id: 'ap-403-no-refresh',
    title: 'does not refresh after a 403, and reports it',
    level: should(),
    source: 'RFC 6750 §3.1',
    why: 'The token is good and may not do this; the next one may not either. Tell whoever asked which permission is missing.',
    alsoFor: everywhere,
    after: 'connects',
    async story(scene) {
      await scene.connect()
      await scene.call()
      scene.mark('forbidden')
      scene.arm(scopeMissing)
      await scene.call()
      scene.mark('afterwards')
      await scene.call()
    },
    missed(evidence) {
      if (struckBy(apiCalls(under(evidence, 'forbidden')), 'status').length === 0)
        return 'no call was answered with 403'
    },
    judge(evidence) {
      const seen = under(evidence, 'forbidden')
      const [sent] = refreshes(seen)
      if (sent) return saw('refreshed after a 403', ...struckBy(seen, 'status'), sent)
      const [result] = results(evidence, 'forbidden')
      if (result === 'ok' || result === 'transient')
        return saw(`answers ${result} to a call that it may not make`, ...seen)
      const [next] = results(evidence, 'afterwards')
      if (result === 'error' && next !== undefined && next !== 'ok')
        return saw(
          `answers ${next} to the next call after a 403, which nothing spoke against`,
          ...under(evidence, 'afterwards'),
        )
    },
    mutant: {
      bug: 'refreshes after a 403, too',
      find: "'status' in reply && reply.status === 401",
      replace: "'status' in reply && [401, 403].includes(reply.status)",
    },
  }),
  clause({
    id: 'ap-429-retry-after',
    title: 'does not call again before the time that a 429 names is over',
    level: should(),
    source: 'RFC 6585 §4; RFC 9110 §10.2.3',
    why: 'Calls within that time are refused, and often make it longer. Remember it and answer without asking, or wait.',
    alsoFor: everywhere,
    after: 'connects',
    async story(scene) {
      await scene.connect()
      await scene.call()
      scene.mark('limited')
      scene.arm(`api rateLimit retryAfter=${pauseMs / 1_000}s`)
      await scene.call()
      await scene.call()
      scene.mark('afterwards')
      await scene.advance('1m')
      await scene.call()
    },
    missed(evidence) {
      if (struckBy(under(evidence, 'limited'), 'rateLimit').length === 0) return 'no call was answered with 429'
    },
    judge(evidence) {
      const calls = apiCalls(under(evidence, 'limited'))
      const [limited] = struckBy(calls, 'rateLimit')
      if (!limited) return undefined
      const early = calls.filter((one) => one !== limited && one.at > limited.at && one.at < limited.at + pauseMs)
      if (early.length > 0)
        return saw(`called ${times(early.length)} within the time that a 429 had named`, limited, ...early)
      // Only a client whose clock was moved knows that the time is over.
      const [result] = results(evidence, 'afterwards')
      if (stepsOf(evidence, 'advance').length > 0 && result !== undefined && result !== 'ok')
        return saw(`answers ${result} although the time is over`, limited, ...under(evidence, 'afterwards'))
    },
    mutant: {
      bug: 'forgets the 429',
      find: 'if (status === 429) paused.set(',
      replace: 'if (status === 499) paused.set(',
    },
  }),
  clause({
    id: 'ap-no-user-blame-on-5xx',
    title: 'takes a failure of the API for nothing that a new token or the user could mend',
    level: should('ours'),
    source: 'RFC 9110 §15.6',
    why: 'A server that is down says nothing about the token. Keep it, say that it may work later, and do not send anybody to log in.',
    alsoFor: everywhere,
    after: 'connects',
    async story(scene) {
      const { faults } = scene.world
      await scene.connect()
      await scene.call()
      scene.mark('down')
      let outage: string | undefined
      await scene.wrongly(() => {
        outage = faults.arm('api status status=500 nth=1n').id
      })
      await scene.call()
      if (outage !== undefined) faults.remove(outage)
      scene.mark('up again')
      await scene.advance('5m')
      await scene.call()
    },
    missed(evidence) {
      if (struckBy(apiCalls(under(evidence, 'down')), 'status').length === 0) return 'no call was answered with 500'
    },
    judge(evidence) {
      const seen = under(evidence, 'down')
      const [sent] = refreshes(seen)
      if (sent) return saw('refreshed after a 500 of the API', ...struckBy(seen, 'status'), sent)
      const [result] = results(evidence, 'down')
      if (result === 'ok' || result === 'needs_reauth')
        return saw(`answers ${result} to a call that met a 500`, ...seen)
      const [next] = results(evidence, 'up again')
      if (next === 'needs_reauth') return saw('lost its link by an outage of the API', ...under(evidence, 'up again'))
      if (stepsOf(evidence, 'advance').length > 0 && next !== undefined && next !== 'ok')
        return saw(`answers ${next} minutes after the API is well again`, ...under(evidence, 'up again'))
    },
    mutant: {
      bug: 'refreshes after a 500, too',
      find: "'status' in reply && reply.status === 401",
      replace: "'status' in reply && (reply.status === 401 || reply.status > 499)",
    },
  }),
]

/** What the 429 asks for, in milliseconds: so little that a client may wait. */
const pauseMs = 2_000
