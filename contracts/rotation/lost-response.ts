import { type Clause, clause, must, should } from '../../src/contract/clause.ts'
import { type Evidence, saw } from '../../src/contract/evidence.ts'
import {
  answerOf,
  refreshes,
  results,
  saidOver,
  since,
  struckBy,
  succeeded,
  times,
  under,
} from '../../src/contract/reading.ts'
import type { Scene } from '../../src/contract/scene.ts'
import { mayBeWaiting, presented, refusedByName, rotating, stillWaiting, unsaid } from './presented.ts'

/** More than this is no second try. */
const mostTries = 3

/** The token is rotated, and the answer with the new one never comes. */
export const lostResponse: readonly Clause[] = [
  clause({
    id: 'rc-lost-response',
    title: 'tries the same refresh token again, soon and not often, when the answer to a refresh is lost',
    level: should('ours'),
    source: 'RFC 9700 §4.14.2; experience: links given up for one broken connection',
    why: 'Many servers honour the old token a little longer for this very case. Keep it until you have the next one, and try it again at once.',
    alsoFor: rotating,
    after: 'refreshes',
    async story(scene) {
      scene.world.rotations.set('grace:300,1', scene.provider)
      await loseResponse(scene)
    },
    missed,
    judge(evidence) {
      const [lost] = struckBy(refreshes(evidence.exchanges), 'drop')
      if (!lost) return undefined
      const tries = triesOf(evidence)
      if (tries.length > mostTries) return saw(`presented one refresh token ${times(tries.length)}`, ...tries)
      const answers = results(evidence, 'lost')
      if (answers.includes('needs_reauth'))
        return saw('gave up its link for an answer that was lost, though the old token still worked', ...tries)
      if (mayBeWaiting(evidence, answers)) return undefined
      if (answers.at(-1) !== 'ok') return saw(`answers ${answers.at(-1)} long after the answer was lost`, ...tries)
    },
    mutant: {
      bug: 'takes silence for a refusal',
      find: "if (came.kind === 'refused' && came.code === 'invalid_grant')",
      replace: "if (came.code === 'invalid_grant' || came.status === undefined)",
      drags: ['rc-crash-before-persist', 'rf-5xx-keeps-grant', 'rs-token-timeout', 'rs-refused-then-ok'],
    },
  }),
  clause({
    id: 'rc-lost-response-final',
    title: 'says that somebody has to connect again once the token of a lost answer is refused, and stops',
    level: must('ours'),
    source: 'RFC 6749 §5.2, §6',
    why: 'The new token exists at the server alone and nothing brings it back. Say so at the first refusal; more tries only look like an attack.',
    alsoFor: rotating,
    after: 'refreshes',
    async story(scene) {
      scene.world.rotations.set('singleUse', scene.provider)
      const { list } = scene.world.users
      const user = (await list())[1]?.id
      const hasOther = scene.claims('multiLink') && user !== undefined
      if (hasOther) await scene.connect('somebody else', 'other', { user })
      scene.world.rotations.set('singleUse', scene.provider)
      scene.arm(refusedByName('2-99'))
      await loseResponse(scene)
      scene.mark('other')
      if (hasOther) await scene.call({ link: 'other' })
    },
    missed: (evidence) => missed(evidence) ?? (isUntold(evidence) ? unsaid : undefined),
    judge(evidence) {
      const tries = triesOf(evidence)
      if (tries.length === 0 || isUntold(evidence)) return undefined
      if (tries.length > mostTries) return saw(`presented a dead refresh token ${times(tries.length)}`, ...tries)
      const answers = results(evidence, 'lost')
      if (mayBeWaiting(evidence, answers)) return undefined
      const last = answers.at(-1)
      if (last !== 'needs_reauth')
        return saw(`answers ${last} with a refresh token that is dead, which helps nobody`, ...tries)
      const others = results(evidence, 'other').find((one) => one !== 'ok')
      if (others) return saw(`answers ${others} for one account because another has lost its tokens`, ...tries)
    },
    mutant: {
      bug: 'believes no refusal that follows a failure',
      find: "if (came.kind === 'refused' && came.code === 'invalid_grant')",
      replace: "if (came.kind === 'refused' && came.code === 'invalid_grant' && !link.trouble)",
      drags: ['rc-crash-before-persist'],
    },
  }),
  clause({
    id: 'rc-grace-window',
    title: 'accepts the pair that a second try brings, and keeps both of its tokens',
    level: should('ours'),
    source: 'experience: servers that repeat the same pair for some seconds',
    why: 'One half of an old pair and one half of a new pair make none: the next refresh is a reuse. Store both tokens of an answer together.',
    alsoFor: ['mercado-pago', 'mercury'],
    after: 'refreshes',
    async story(scene) {
      scene.world.rotations.set('samePair:3600', scene.provider)
      await loseResponse(scene)
      scene.mark('next')
      scene.arm('api expireEarly')
      await scene.call()
    },
    missed(evidence) {
      const given = refreshes(under(evidence, 'lost')).some(succeeded)
      return missed(evidence) ?? (given ? undefined : 'no second try brought a pair')
    },
    judge(evidence) {
      const pair = refreshes(under(evidence, 'lost')).find(succeeded)
      if (!pair) return undefined
      const [next] = refreshes(under(evidence, 'next'))
      if (next && presented([next])[0] !== answerOf(pair).refresh_token)
        return saw('presented another refresh token than the one that the second try had brought', pair, next)
      const failed = [results(evidence, 'lost').at(-1), ...results(evidence, 'next')].find((one) => one !== 'ok')
      if (failed) return saw(`answers ${failed} after a second try had brought a pair`, pair, next)
    },
    mutant: {
      bug: 'keeps the old refresh token after a second try',
      find: '...tokensIn(granted, now()),\n      scopes: granted.scopes ?? link.scopes,',
      replace:
        '...tokensIn(granted, now()),\n      ...(_ && { refreshToken: link.refreshToken }),\n      scopes: granted.scopes ?? link.scopes,',
      drags: ['rf-5xx-keeps-grant', 'rf-400-not-oauth', 'rf-429-retry-after'],
    },
  }),
]

/** The first refresh is answered to nobody. Then there is time to think. */
async function loseResponse(scene: Scene): Promise<void> {
  await scene.connect()
  await scene.call()
  scene.mark('lost')
  scene.arm('api expireEarly')
  scene.arm('token:refresh_token drop after')
  await scene.call()
  for (const pause of ['5s', '30s', '1m']) {
    await scene.advance(pause)
    await scene.call()
  }
}

function missed(evidence: Evidence): string | undefined {
  if (struckBy(refreshes(evidence.exchanges), 'drop').length === 0) return 'no answer to a refresh was lost'
  if (mayBeWaiting(evidence, results(evidence, 'lost'))) return stillWaiting
}

/** Every refresh with the token whose answer was lost. */
function triesOf(evidence: Evidence) {
  const sent = refreshes(since(evidence, 'lost'))
  const [lost] = struckBy(sent, 'drop')
  return sent.filter((one) => lost && presented([one])[0] === presented([lost])[0])
}

/** Whether it has tried again, and no answer said that this is in vain. */
const isUntold = (evidence: Evidence): boolean => triesOf(evidence).length > 1 && !saidOver(since(evidence, 'lost'))
