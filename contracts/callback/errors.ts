import { type Clause, clause, everywhere, must, should } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import { outcomes, results, stepsOf } from '../../src/contract/reading.ts'
import { denied } from './denial.ts'
import { taken } from './taken.ts'

/** A callback that says that there is no code. */
export const errorCallbacks: readonly Clause[] = [
  clause({
    id: 'cb-access-denied',
    title: 'takes a no for an answer: tells the person that nothing is connected, and lets them start again',
    level: must(),
    source: 'RFC 6749 §4.1.2.1',
    why: 'People say no, or press the wrong button; a client that looks for a code only breaks on that. Read error first, and show a page.',
    alsoFor: everywhere,
    async story(scene) {
      const url = await scene.visit(await scene.begin('alice'))
      scene.mark('denied')
      await scene.callback('alice', scene.wrong(url, denied(url, scene.provider)))
      scene.mark('again')
      await scene.connect('alice')
    },
    judge(evidence) {
      const wrong = taken(evidence, 'denied', 'a login that the person denied', { outcomes: ['denied'] })
      if (wrong) return wrong
      const [again] = outcomes(evidence, 'again')
      if (again && again !== 'connected') return saw(`came to ${again} when the person started again after a no`)
    },
    mutant: {
      bug: 'breaks where a callback has no code',
      find: 'if (error !== null) return',
      replace:
        "if (error !== null) return { outcome: 'failed', http: { ...pageFor('failed'), status: 500 } }\n    if (error)",
      drags: ['cb-error-unknown', 'cb-error-beats-code'],
    },
  }),
  clause({
    id: 'cb-error-beats-code',
    title: 'exchanges no code that comes together with an error',
    level: should(),
    source: 'RFC 6749 §4.1.2 and §4.1.2.1: a callback has one or the other',
    why: 'Such a callback was put together by somebody, and its code may be theirs. Let the error decide.',
    alsoFor: everywhere,
    async story(scene) {
      const url = new URL(await scene.visit(await scene.begin('alice')))
      await scene.wrongly(() => url.searchParams.set('error', 'access_denied'))
      scene.mark('callback')
      await scene.callback('alice', url.href)
    },
    judge: (evidence) =>
      taken(evidence, 'callback', 'a callback with an error', { outcomes: ['denied', 'rejected', 'failed'] }),
    mutant: {
      bug: 'looks at the error only where there is no code',
      find: 'if (error !== null) return',
      replace: "if (error !== null && !parameters.has('code')) return",
    },
  }),
  clause({
    id: 'cb-error-unknown',
    title: 'takes an error that it does not know for a failed login, and tells its code',
    level: should(),
    source: 'RFC 6749 §4.1.2.1 and §8.5',
    why: 'Providers have codes of their own, and whoever has to help needs to know which one came. Show the code, and let the person start again.',
    alsoFor: everywhere,
    async story(scene) {
      const url = new URL(await scene.visit(await scene.begin('alice')))
      await scene.wrongly(() => {
        url.searchParams.delete('code')
        url.searchParams.set('error', unknownError)
      })
      scene.mark('callback')
      await scene.callback('alice', url.href)
    },
    judge(evidence) {
      const wrong = taken(evidence, 'callback', 'an error that it does not know', { outcomes: ['failed', 'rejected'] })
      if (wrong) return wrong
      const [step] = stepsOf(evidence, 'callback')
      if (step?.answer && !JSON.stringify(step.answer).includes(unknownError))
        return saw('told nobody which error came')
    },
    mutant: {
      bug: 'tells of each error as one and the same',
      find: 'plainCode(error), error)',
      replace: "'login_failed')",
    },
  }),
  clause({
    id: 'cb-error-state-checked',
    title: 'lets an error without a state of its own disturb no link',
    level: should(),
    source: 'RFC 9207 §2.4; RFC 6749 §10.12',
    why: 'Anybody can send a browser to the callback with an error. Look whose login it is before anything is changed.',
    alsoFor: everywhere,
    after: 'connects',
    async story(scene) {
      await scene.connect('alice')
      await scene.call()
      scene.mark('forged')
      await scene.wrongly(() => scene.callback('alice', `${scene.env.redirectUri}?error=access_denied`))
      await scene.call()
    },
    judge(evidence) {
      if (outcomes(evidence, 'forged').includes('connected')) return saw('says connected after a forged error')
      const [result] = results(evidence, 'forged')
      if (result && result !== 'ok') return saw(`lost its link to a forged error: ${result}`)
    },
    mutant: {
      bug: 'ends the link on an error before it looks whose login it is',
      find: '// Before anything else: whose login is it?',
      replace:
        "if (parameters.has('error')) await store.update('default', (now) => now && { ...now, state: 'needs_reauth' })",
      drags: ['cb-failed-reconnect-keeps-link'],
    },
  }),
]

const unknownError = 'consent_expired_xyz'
