import { type Clause, clause, everywhere, must, should } from '../../src/contract/clause.ts'
import { type Evidence, saw } from '../../src/contract/evidence.ts'
import { codeExchanges, outcomes, queryOf, stepsOf, tokenFields } from '../../src/contract/reading.ts'
import { type Refusal, taken } from './taken.ts'

/** Each character that is written differently in a query, a form and JSON. */
const awkwardCode = 'TG-a+b/c%3Dd~e f=é-64'

const longCode = `${'0123456789'.repeat(199)}abcdefghij`

/** For one who only begins again there is no word: any but `connected` will do. */
const unfinished: Refusal = { outcomes: ['denied', 'rejected', 'failed'] }

/** Which parameters a callback has, and what is in them. */
export const parameters: readonly Clause[] = [
  clause({
    id: 'cb-empty',
    title: 'survives a callback without any parameter, and asks for no token',
    level: must(),
    source: 'RFC 6749 §10.14',
    why: 'Crawlers and people open the bare URL, and what breaks on it fills the alarms. Answer with a page that offers to start.',
    alsoFor: everywhere,
    async story(scene) {
      const url = await scene.visit(await scene.begin('alice'))
      scene.mark('callback')
      await scene.callback('alice', scene.wrong(url, `${scene.env.redirectUri}?`))
    },
    judge: (evidence) => taken(evidence, 'callback', 'a callback without parameters', unfinished),
    mutant: {
      bug: 'breaks where a callback has no parameters',
      find: "for (const name of ['code', 'state', 'error', 'iss'])",
      replace:
        "if (parameters.size === 0) return { outcome: 'failed', http: { ...pageFor('failed'), status: 500 } }\n    for (const name of ['code', 'state', 'error', 'iss'])",
    },
  }),
  clause({
    id: 'cb-unknown-params-ignored',
    title: 'ignores parameters of a callback that it does not know',
    level: must(),
    source: 'RFC 6749 §4.1.2',
    why: 'Servers add parameters whenever they like, and a client that refuses them lets nobody in from that day on. Read what you know.',
    alsoFor: everywhere,
    async story(scene) {
      const url = new URL(await scene.visit(await scene.begin('alice')))
      await scene.wrongly(() => {
        for (const name of ['session_state', 'locale', 'foo[]', 'foo[]']) url.searchParams.append(name, 'bar')
      })
      await scene.callback('alice', url.href)
    },
    judge: (evidence) => unconnected(evidence, 'a callback had parameters that it does not know'),
    mutant: {
      bug: 'takes no callback with a parameter that it does not know',
      find: "for (const name of ['code', 'state', 'error', 'iss'])",
      replace:
        "if (parameters.has('session_state')) return answer('rejected', 'unknown_parameter')\n    for (const name of ['code', 'state', 'error', 'iss'])",
    },
  }),
  clause({
    id: 'cb-duplicate-params',
    title: 'exchanges no code of a callback that has two',
    level: should(),
    source: 'RFC 6749 §3.1',
    why: 'Of two codes one was added by somebody, and which one is read differs between libraries. Refuse such a callback.',
    alsoFor: everywhere,
    async story(scene) {
      const url = new URL(await scene.visit(await scene.begin('alice')))
      await scene.wrongly(() => url.searchParams.append('code', 'of-somebody-else'))
      scene.mark('callback')
      await scene.callback('alice', url.href)
    },
    judge: (evidence) => taken(evidence, 'callback', 'a callback with two codes', { outcomes: ['rejected', 'failed'] }),
    mutant: {
      bug: 'takes the first of two codes',
      find: "for (const name of ['code', 'state', 'error', 'iss'])",
      replace: "for (const name of ['state', 'error', 'iss'])",
    },
  }),
  clause({
    id: 'cb-code-roundtrip',
    title: 'presents a code octet for octet as it came',
    level: must(),
    source: 'RFC 6749 §4.1.2 and Appendix B',
    why: 'A code that is decoded twice, or encoded once too little, is another code, and only some logins fail. Decode once, and let a library encode.',
    alsoFor: everywhere,
    async story(scene) {
      scene.arm({ on: 'authorize', kind: 'replace', fields: { code: awkwardCode } })
      await scene.connect('alice')
    },
    missed: (evidence) => (codesCame(evidence).includes(awkwardCode) ? undefined : 'the code did not come back'),
    judge(evidence) {
      const [exchange] = codeExchanges(evidence.exchanges)
      const [came] = codesCame(evidence)
      if (exchange && tokenFields(exchange).code !== came)
        return saw('presented another code than the one that came', exchange)
      return unconnected(evidence, 'a code had characters that are encoded')
    },
    mutant: {
      bug: 'decodes codes twice',
      find: "const code = parameters.get('code')",
      replace: "const code = decodeURIComponent(parameters.get('code') ?? '')",
    },
  }),
  clause({
    id: 'cb-long-code',
    title: 'takes codes of any length',
    level: should(),
    source: 'RFC 6749 §4.1.2',
    why: 'Some servers write whole documents into a code, and nobody announces that. Set no limit of your own, in no check and no column.',
    alsoFor: everywhere,
    async story(scene) {
      scene.arm({ on: 'authorize', kind: 'replace', fields: { code: longCode } })
      await scene.connect('alice')
    },
    missed: (evidence) => (codesCame(evidence).includes(longCode) ? undefined : 'the code did not come back'),
    judge: (evidence) => unconnected(evidence, `a code had ${longCode.length} characters`),
    mutant: {
      bug: 'takes no code beyond 512 characters',
      find: 'if (!code) return',
      replace: 'if (!code || code.length > 512) return',
    },
  }),
]

const codesCame = (evidence: Evidence) =>
  stepsOf(evidence, 'callback').flatMap(({ asked }) => queryOf(asked.url).code ?? [])

function unconnected(evidence: Evidence, when: string) {
  const [outcome] = outcomes(evidence)
  if (outcome && outcome !== 'connected') return saw(`came to ${outcome} where ${when}`)
}
