import { type Clause, clause, everywhere, must } from '../../src/contract/clause.ts'
import { type Evidence, saw } from '../../src/contract/evidence.ts'
import { codeExchanges, results, stepsOf, under } from '../../src/contract/reading.ts'
import { begun } from '../authorization-request/begun.ts'
import { forged, misnamed, taken } from './taken.ts'

const noneSent = (evidence: Evidence) =>
  begun(evidence).some(({ searchParams }) => searchParams.get('state')) ? undefined : 'the client sends no state'

/** A callback whose state is not the one that was sent, or not any more, or somebody else's. */
export const stateChecks: readonly Clause[] = [
  clause({
    id: 'cb-state-mismatch',
    title: 'refuses a callback whose state is not the one that it sent',
    level: must(),
    source: 'RFC 6749 §10.12; RFC 9700 §2.1',
    why: 'Such a callback was made by somebody else, with a code of theirs. Ask for no token, answer by 4xx, and offer to start again.',
    alsoFor: everywhere,
    async story(scene) {
      const url = new URL(await scene.visit(await scene.begin('alice')))
      await scene.wrongly(() => url.searchParams.set('state', 'of-somebody-else'))
      scene.mark('callback')
      await scene.callback('alice', url.href)
    },
    judge: (evidence) => taken(evidence, 'callback', 'a callback with a foreign state', forged),
    mutant: {
      bug: 'looks whether there is a state, not which',
      find: 'digest(state)}.json',
      replace: "state !== ''}.json",
      drags: ['cb-state-bound-to-link'],
    },
  }),
  clause({
    id: 'cb-state-missing',
    title: 'refuses a callback without the state that it sent',
    level: must(),
    source: 'RFC 6749 §10.12; RFC 9700 §2.1',
    why: 'Whoever forges a callback only has to leave the state out. Treat a state that is missing as one that is wrong.',
    alsoFor: everywhere,
    async story(scene) {
      const url = new URL(await scene.visit(await scene.begin('alice')))
      await scene.wrongly(() => url.searchParams.delete('state'))
      scene.mark('callback')
      await scene.callback('alice', url.href)
    },
    missed: noneSent,
    judge: (evidence) =>
      noneSent(evidence) ? undefined : taken(evidence, 'callback', 'a callback without state', forged),
    mutant: {
      bug: 'keeps each login for a callback without state, too',
      find: 'return this.#write(this.#loginFile(state), login)',
      replace: "return Promise.all([state, ''].map((one) => this.#write(this.#loginFile(one), login)))",
    },
  }),
  clause({
    id: 'cb-state-one-time',
    title: 'takes a state once: the same callback later changes nothing',
    level: must(),
    source: 'RFC 9700 §4.2.4',
    why: 'The URL stays in histories and logs, and a code that comes twice can end the link. Forget the state when it is used.',
    alsoFor: everywhere,
    after: 'connects',
    async story(scene) {
      const url = await scene.visit(await scene.begin('alice'))
      await scene.callback('alice', url)
      await scene.call()
      scene.mark('replay')
      await scene.wrongly(() => scene.callback('alice', url))
      await scene.call()
    },
    judge(evidence) {
      const [exchange] = codeExchanges(under(evidence, 'replay'))
      if (exchange) return saw('exchanged the code of a callback that was over', exchange)
      const [result] = results(evidence, 'replay')
      if (result && result !== 'ok') return saw(`lost its link when an old callback came again: ${result}`)
      // Connected it is.
      return misnamed(evidence, 'replay', 'a callback that was over', ['connected', 'rejected', 'failed'])
    },
    mutant: {
      bug: 'does not use a login up',
      find: 'const taken = store.takeLogin(state)',
      replace: 'const taken = Promise.resolve(true)',
    },
  }),
  clause({
    id: 'cb-state-bound-to-browser',
    title: 'refuses a callback in another browser than the one that began the login',
    level: must(),
    source: 'RFC 9700 §2.1; RFC 6749 §10.12',
    why: 'Somebody sends a victim the end of a login of their own, and the victim works in their account from then on. Tie the state to the browser by a cookie.',
    alsoFor: everywhere,
    async story(scene) {
      await scene.begin('alice')
      const url = await scene.visit(await scene.begin('mallory'))
      scene.mark('callback')
      await scene.callback(scene.wrong('mallory', 'alice'), url)
    },
    judge: (evidence) => taken(evidence, 'callback', "a login of another person's browser", forged),
    mutant: {
      bug: 'has one set of states for all browsers',
      find: ' || login.session !== digest(session)',
      replace: '',
      drags: ['cb-prefetch-safe', 'se-code-substitution'],
    },
  }),
  clause({
    id: 'cb-state-bound-to-link',
    title: 'puts the tokens of a login on the link for which it was begun, or nowhere',
    level: must(),
    source: 'RFC 9700 §4.7.1; RFC 6749 §10.12',
    why: 'With two logins open in one browser the last one begun is not the one that comes back first. Keep with each state what it is for.',
    alsoFor: everywhere,
    needs: { features: ['multiLink'] },
    after: 'connects',
    control: false,
    async story(scene) {
      const url = await scene.visit(await scene.begin('alice', 'first'))
      await scene.begin('alice', 'second')
      await scene.callback('alice', url)
      scene.mark('first')
      await scene.call({ link: 'first' })
      scene.mark('second')
      await scene.call({ link: 'second' })
    },
    judge(evidence) {
      const [callback] = stepsOf(evidence, 'callback')
      if (results(evidence, 'second').includes('ok')) return saw('put the tokens of one link on another')
      if (callback?.answer?.outcome === 'connected' && !results(evidence, 'first').includes('ok'))
        return saw('says connected, and the link of the login has no tokens')
    },
    mutant: {
      bug: 'finishes every login as the one that its browser began last',
      find: 'return readJson<Login>(this.#loginFile(state))',
      replace: `const names = readdir(this.#folder('logins'))
    const all = names.then((found) => Promise.all(found.map((name) => readJson<Login>(join(this.#folder('logins'), name)))))
    return all.then(async (logins) => {
      const login = await readJson<Login>(this.#loginFile(state))
      const own = logins.filter((one) => one?.session === login?.session)
      return login && { ...login, link: own.toSorted((one, other) => other.at - one.at)[0]?.link }
    })`,
    },
  }),
]
