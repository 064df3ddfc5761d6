import { setTimeout as pause } from 'node:timers/promises'
import { type Clause, clause, everywhere, must, should } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import { codeExchanges, outcomes, results, struckBy, times, under } from '../../src/contract/reading.ts'
import { askAside, oneAtATime, patient, tookAnother, whileHeld } from '../rotation/while-held.ts'
import { denied } from './denial.ts'
import { brokePage } from './taken.ts'

/** By then a second exchange has begun, if there is one, in real milliseconds. */
const secondExchangeMs = 200

const refused = 'token:authorization_code status status=400 body={"error":"invalid_grant"}'

/** A callback that comes twice, or too late, or after a crash, or beside a link that there is already. */
export const comingAgain: readonly Clause[] = [
  clause({
    id: 'cb-double-one-exchange',
    title: 'exchanges a code once where a browser sends its callback twice at once',
    level: should(),
    source: 'RFC 6749 §4.1.2, where a code works once',
    why: 'Browsers reload, and people click twice; a code that comes twice is refused and may end the link. Claim the login before the exchange.',
    alsoFor: everywhere,
    needs: { features: ['concurrent'] },
    env: patient,
    async story(scene) {
      const url = await scene.visit(await scene.begin('alice'))
      scene.mark('twice')
      let second: Promise<unknown> | undefined
      await whileHeld(scene, {
        by: 'token:authorization_code hold count=2 forMs=6000',
        act: () => scene.callback('alice', url),
        meanwhile: () =>
          scene.wrongly(async () => {
            second = scene.callback('alice', url)
            await askAside(scene)
            await pause(secondExchangeMs)
          }),
      })
      await second
      await scene.call()
    },
    missed(evidence) {
      const [held] = struckBy(codeExchanges(under(evidence, 'twice')), 'hold')
      if (!held) return 'no code was exchanged'
      if (!tookAnother(evidence, 'twice', held)) return oneAtATime
    },
    judge(evidence) {
      const exchanges = codeExchanges(under(evidence, 'twice'))
      if (exchanges.length > 1) return saw(`exchanged one code ${times(exchanges.length)}`, ...exchanges)
      const came = outcomes(evidence, 'twice')
      if (came.length > 1 && !came.includes('connected')) return saw(`came to ${came.join(' and ')}`, ...exchanges)
      const [result] = results(evidence, 'twice')
      if (result && result !== 'ok') return saw(`had no usable link after a doubled callback: ${result}`, ...exchanges)
      return brokePage(evidence, 'twice', 'a callback that came twice')
    },
    mutant: {
      bug: 'does not claim a login before the exchange',
      find: 'if (begun) return begun.answer\n    const taken = store.takeLogin(state)',
      replace: 'const taken = store.takeLogin(state).then(() => true)',
    },
  }),
  clause({
    id: 'cb-prefetch-safe',
    title: 'keeps a login usable when something other than its browser opens the callback first',
    level: should('ours'),
    source: 'experience: scanners of links open what a browser is about to open',
    why: 'A scanner has no cookie; if it uses the login up, the person cannot finish it. Look whose browser it is before the state is used up.',
    alsoFor: everywhere,
    async story(scene) {
      const url = await scene.visit(await scene.begin('alice'))
      scene.mark('scanner')
      await scene.wrongly(() => scene.callback('scanner', url))
      scene.mark('browser')
      await scene.callback('alice', url)
    },
    judge(evidence) {
      const [exchange] = codeExchanges(under(evidence, 'scanner'))
      if (exchange) return saw('exchanged the code for a scanner of links', exchange)
      const [outcome] = outcomes(evidence, 'browser')
      if (outcome && outcome !== 'connected') return saw(`came to ${outcome} after a scanner had opened the callback`)
    },
    mutant: {
      bug: 'uses a login up before it looks whose browser came',
      find: "if (!login || login.session !== digest(session)) return answer('rejected', 'state_unknown')",
      replace: `if (!login || login.session !== digest(session)) {
      await store.takeLogin(state)
      return answer('rejected', 'state_unknown')
    }`,
    },
  }),
  clause({
    id: 'cb-expired-code',
    title: 'gives a code up that has expired, and lets the person start again',
    level: must(),
    source: 'RFC 6749 §4.1.2 and §5.2',
    why: 'An expired code never works again, and trying it again and again looks like an attack. Tell the person, and offer a new login.',
    alsoFor: everywhere,
    async story(scene) {
      const url = await scene.visit(await scene.begin('alice'))
      // Longer than a code lives anywhere.
      await scene.wrongly(() => scene.advance('11m'))
      scene.mark('late')
      await scene.callback('alice', url)
      scene.mark('again')
      await scene.connect('alice')
    },
    judge(evidence) {
      const exchanges = codeExchanges(under(evidence, 'late'))
      if (exchanges.length > 1) return saw(`tried an expired code ${times(exchanges.length)}`, ...exchanges)
      if (outcomes(evidence, 'late').includes('connected'))
        return saw('says connected with an expired code', ...exchanges)
      const [again] = outcomes(evidence, 'again')
      if (again && again !== 'connected') return saw(`came to ${again} when the person started again`)
      return brokePage(evidence, 'late', 'a code that had expired')
    },
    mutant: {
      bug: 'tries a refused code again',
      find: 'const came = await tokens.exchange(code, login.verifier, login.scope)',
      replace: `let came = await tokens.exchange(code, login.verifier, login.scope)
    if (came.kind === 'refused') came = await tokens.exchange(code, login.verifier, login.scope)`,
      drags: ['ts-200-error', 'er-exchange-invalid-grant'],
    },
  }),
  clause({
    id: 'cb-after-restart',
    title: 'finishes a login that it began before a crash, or offers to start again',
    level: should('ours'),
    source: 'experience: deployments happen while people are at the provider',
    why: 'A login whose state was in memory only ends on an error page. Keep it where a restart finds it, or ask to start again.',
    alsoFor: everywhere,
    async story(scene) {
      const url = await scene.visit(await scene.begin('alice'))
      await scene.wrongly(async () => {
        await scene.kill()
        await scene.restart()
      })
      scene.mark('callback')
      await scene.callback('alice', url)
      scene.mark('again')
      await scene.connect('alice')
    },
    judge(evidence) {
      const [again] = outcomes(evidence, 'again')
      if (again && again !== 'connected') return saw(`came to ${again} when the person started again after a crash`)
      return brokePage(evidence, 'callback', 'a login that began before a crash')
    },
    mutant: {
      bug: 'breaks on a login that this process has not begun',
      find: 'const logins = createLogins({ env, store, tokens, now, log })',
      replace: `const begun = new Set<string | null>()
  const inner = createLogins({ env, store, tokens, now, log })
  const stateOf = (url: string) => new URL(url).searchParams.get('state')
  const logins: typeof inner = {
    async begin(asked) {
      const { url } = await inner.begin(asked)
      begun.add(stateOf(url))
      return { url }
    },
    async callback(asked) {
      const state = stateOf(asked.url)
      if (begun.has(state) || !(await store.findLogin(state ?? ''))) return inner.callback(asked)
      return { outcome: 'failed', http: { status: 500, headers: {}, body: '' } }
    },
  }`,
    },
  }),
  clause({
    id: 'cb-failed-reconnect-keeps-link',
    title: 'keeps a link that works when a second login for it comes to nothing',
    level: must('ours'),
    source: 'experience: people connect again out of caution, and change their minds',
    why: 'Whoever clears the old tokens first has neither when the person says no. Replace them when the new ones are there.',
    alsoFor: everywhere,
    after: 'connects',
    async story(scene) {
      await scene.connect('alice')
      await scene.call()
      const url = await scene.visit(await scene.begin('alice'))
      await scene.callback('alice', scene.wrong(url, denied(url, scene.provider)))
      scene.mark('refused')
      scene.arm(refused)
      await scene.connect('alice')
      scene.mark('after')
      await scene.call()
    },
    missed: (evidence) =>
      codeExchanges(under(evidence, 'refused')).some(({ faults }) => faults?.length)
        ? undefined
        : 'no second code was exchanged',
    judge(evidence) {
      const [result] = results(evidence, 'after')
      if (result && result !== 'ok') return saw(`lost its link when another login came to nothing: ${result}`)
    },
    mutant: {
      bug: 'forgets the old tokens when a login begins',
      find: 'await store.forgetLogins(now() - longestLogin)',
      replace: `await store.forgetLogins(now() - longestLogin)
      await store.update(link, (now) => now && { ...now, state: 'needs_reauth' })`,
      drags: ['ts-truncated-body', 'er-exchange-invalid-grant'],
    },
  }),
]
