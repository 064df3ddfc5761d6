import { type Clause, clause, everywhere, must } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import {
  answerOf,
  codeExchanges,
  refreshes,
  results,
  since,
  staleRefreshes,
  succeeded,
  tokenRequests,
} from '../../src/contract/reading.ts'
import type { Scene } from '../../src/contract/scene.ts'

const rounds = 5

async function renewed(scene: Scene) {
  await scene.expire()
  await scene.call()
}

/** Which refresh token to present. */
export const newestToken: readonly Clause[] = [
  clause({
    id: 'rf-latest-token',
    title: 'presents at each refresh the refresh token that came last',
    level: must(),
    source: 'RFC 6749 §6',
    why: 'Where each token works once, an older one is refused and may cost the whole grant. Replace the stored one with each answer.',
    alsoFor: ['mekari', 'mercado-pago', 'mercury', 'standard'],
    after: 'refreshes',
    control: false,
    async story(scene) {
      await scene.connect()
      await scene.call()
      for (let round = 0; round < rounds; round++) await renewed(scene)
    },
    missed(evidence) {
      const came = refreshes(since(evidence)).filter(succeeded).length
      if (came < rounds) return `${came} of ${rounds} refreshes came about`
    },
    judge(evidence) {
      const [stale] = staleRefreshes(since(evidence))
      if (stale) return saw('presented a refresh token that another one had replaced', stale)
    },
    mutant: {
      bug: 'keeps the refresh token of the login',
      find: 'scopes: granted.scopes ?? link.scopes,',
      replace: 'scopes: granted.scopes ?? link.scopes,\n      refreshToken: link.refreshToken ?? granted.refreshToken,',
      drags: [
        'rf-irregular-rotation',
        'rf-idle-keepalive',
        'rf-expires-reset',
        'rc-two-processes',
        'rc-stale-writer',
        'ex-clock-jump',
        'ap-401-any-body',
      ],
    },
  }),
  clause({
    id: 'rf-irregular-rotation',
    title: 'copes with a refresh token that comes back unchanged twice and is replaced the third time',
    level: must(),
    source: 'RFC 6749 §6',
    why: 'Servers may bring a new refresh token at some refreshes only. Keep whatever the last answer has, new or not.',
    alsoFor: everywhere,
    after: 'refreshes',
    async story(scene) {
      const { world, provider } = scene
      await scene.connect()
      await scene.call()
      await scene.wrongly(() => world.rotations.set('none', provider))
      await renewed(scene)
      await renewed(scene)
      await scene.wrongly(() => world.rotations.set('singleUse', provider))
      await renewed(scene)
      await renewed(scene)
    },
    missed(evidence) {
      const came = tokenRequests(since(evidence))
        .filter(succeeded)
        .map((one) => answerOf(one).refresh_token)
      const changed = came.slice(1).map((token, at) => token !== came[at])
      if (changed.slice(0, 4).join() !== 'false,false,true,true')
        return 'the refresh tokens did not come as they should'
    },
    judge(evidence) {
      const [stale] = staleRefreshes(since(evidence))
      if (stale) return saw('presented another refresh token than the last answer had', stale)
      const [failed] = results(evidence).filter((one) => one !== 'ok')
      const sent = refreshes(since(evidence))
      if (failed)
        return saw(`answered ${failed} when the refresh token came back unchanged, or was replaced at last`, ...sent)
    },
    mutant: {
      bug: 'takes a refresh that brings the same refresh token for a failed one',
      find: "if (came.kind === 'granted') return renewed(",
      replace: "if (came.kind === 'granted' && came.granted.refreshToken !== link.refreshToken) return renewed(",
      at: 'mekari',
    },
  }),
  clause({
    id: 'rf-keeps-old-when-omitted',
    title: 'keeps its refresh token when an answer brings none',
    level: must(),
    source: 'RFC 6749 §5.1, §6',
    why: 'An answer without a refresh token says that the old one lives on. A client that stores what is not there has to ask the person again.',
    alsoFor: everywhere,
    after: 'refreshes',
    async story(scene) {
      await scene.connect()
      await scene.call()
      await scene.wrongly(() => scene.world.rotations.set('none', scene.provider))
      scene.arm('token:refresh_token omit fields=refresh_token')
      await renewed(scene)
      await scene.wrongly(() => scene.world.rotations.set('singleUse', scene.provider))
      scene.mark('again')
      await renewed(scene)
    },
    missed(evidence) {
      const [first, second] = refreshes(since(evidence)).filter(succeeded)
      if (!first || 'refresh_token' in answerOf(first)) return 'no refresh was answered without a refresh token'
      if (!second) return 'there was no second refresh'
    },
    judge(evidence) {
      const [login] = codeExchanges(since(evidence))
      const [stale] = staleRefreshes(since(evidence))
      if (stale) return saw('presented another refresh token after an answer that had none', login, stale)
      const [result] = results(evidence, 'again')
      const [first] = refreshes(since(evidence)).filter(succeeded)
      if (first && result !== undefined && result !== 'ok')
        return saw(`answered ${result} at the next refresh after an answer without a refresh token`, first)
    },
    mutant: {
      bug: 'stores the refresh token of each answer, and nothing where there is none',
      find: '...(granted.refreshToken !== undefined && { refreshToken: granted.refreshToken })',
      replace: 'refreshToken: granted.refreshToken',
    },
  }),
]
