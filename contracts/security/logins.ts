import { type Clause, clause, everywhere, must, should } from '../../src/contract/clause.ts'
import { type Evidence, saw } from '../../src/contract/evidence.ts'
import {
  answerOf,
  apiCalls,
  bearerOf,
  codeExchanges,
  outcomes,
  refreshes,
  since,
  stepsOf,
  succeeded,
  tokenFields,
  under,
} from '../../src/contract/reading.ts'
import type { Scene } from '../../src/contract/scene.ts'
import { misnamed } from '../callback/taken.ts'

/** Somebody else than the person who usually connects. */
const somebodyElse = async ({ world }: Scene): Promise<string> => (await world.users.list())[1]?.id ?? ''

/** The exchange that a login came to, under a mark. */
const loginUnder = (evidence: Evidence, mark: string) => codeExchanges(under(evidence, mark)).filter(succeeded).at(-1)

const guesses = 50

/** A client that stops has stopped by then. */
const patience = 40

/** Logins that are not what they seem. */
export const logins: readonly Clause[] = [
  clause({
    id: 'se-account-mismatch-on-reconnect',
    title: 'does not quietly put another account into the place of the one that was connected',
    level: should('ours'),
    source: 'experience: the browser is still logged in as somebody else',
    why: 'From then on the data of two accounts are mixed, and nobody has been told. Compare the id of the account, and ask.',
    alsoFor: ['mercado-pago', 'finexer'],
    after: 'connects',
    async story(scene) {
      const [first] = await scene.world.users.list()
      await scene.connect()
      await scene.call()
      scene.mark('reconnect')
      await scene.connect('browser', undefined, { user: scene.wrong(first?.id ?? '', await somebodyElse(scene)) })
      scene.mark('after')
      await scene.call()
    },
    missed: (evidence) => (loginUnder(evidence, 'reconnect') ? undefined : 'no tokens of another account came'),
    judge(evidence) {
      const [step] = stepsOf(evidence, 'callback', 'reconnect')
      const other = loginUnder(evidence, 'reconnect')
      const token = other && answerOf(other).access_token
      const used = apiCalls(under(evidence, 'after')).find((one) => bearerOf(one) === token)
      if (used && step?.answer?.outcome === 'connected' && step.answer.code === undefined)
        return saw('put the tokens of another account into a link, and said nothing of it', other, used)
    },
    mutant: {
      bug: 'takes whatever account comes',
      find: 'String(known) !== String(came)',
      replace: 'String(known) === ""',
    },
  }),
  clause({
    id: 'se-reconnect-replaces-grant',
    title: 'never again uses the refresh token of an earlier login',
    level: must(),
    source: 'RFC 6749 §6; experience',
    why: 'The old grant may be gone or narrower, and with it goes a link that was just repaired. Replace all tokens at each login.',
    alsoFor: everywhere,
    after: 'refreshes',
    control: false,
    async story(scene) {
      scene.mark('first')
      await scene.connect()
      await scene.call()
      scene.mark('second')
      await scene.connect()
      await scene.restart()
      scene.mark('after')
      await scene.expire()
      await scene.call()
    },
    missed: (evidence) =>
      refreshes(since(evidence, 'after')).length > 0 ? undefined : 'nothing was refreshed after the second login',
    judge(evidence) {
      const first = loginUnder(evidence, 'first')
      const old = first && answerOf(first).refresh_token
      const used = refreshes(since(evidence, 'after')).find((one) => tokenFields(one).refresh_token === old)
      if (used) return saw('refreshed with the refresh token of the login before', first, used)
    },
    mutant: {
      bug: 'keeps the first refresh token that it ever got',
      find: 'return other ? undefined : linkFrom(login, granted)',
      replace: `const { refreshToken } = before ?? {}
      return other ? undefined : { ...linkFrom(login, granted), ...(refreshToken && { refreshToken }) }`,
      drags: ['rc-loser-recovers', 'rc-loser-any-400'],
    },
  }),
  clause({
    id: 'se-code-substitution',
    title: 'connects nobody with the code of another login',
    level: must(),
    source: 'RFC 9700 §4.5; RFC 7636 §1',
    why: "A stolen code would open somebody else's account in the browser of the thief. Bind state and code verifier to the session that began.",
    alsoFor: everywhere,
    after: 'connects',
    async story(scene) {
      const own = new URL(await scene.visit(await scene.begin('alice')))
      const other = new URL(await scene.visit(await scene.begin('mallory'), { user: await somebodyElse(scene) }))
      // With PKCE a code is bound to its login, without it only a state is.
      const code = other.searchParams.get('code') ?? ''
      const injected = new URL(scene.env.pkce ? own : other)
      injected.searchParams.set('code', code)
      scene.mark('callback')
      await scene.callback('alice', scene.wrong(own, injected).href)
    },
    missed: (evidence) => (outcomes(evidence, 'callback').length > 0 ? undefined : 'no callback came'),
    judge(evidence) {
      const [exchange] = codeExchanges(under(evidence, 'callback')).filter(succeeded)
      if (exchange) return saw('exchanged the code of another login', exchange)
      // With PKCE it is the provider that refuses it.
      const expected = evidence.env.pkce ? (['rejected', 'failed'] as const) : (['rejected'] as const)
      return misnamed(evidence, 'callback', 'the code of another login', expected)
    },
    mutant: {
      bug: 'has one code verifier for all logins',
      find: "const verifier = env.pkce ? randomBytes(32).toString('base64url') : undefined",
      replace: "const verifier = env.pkce ? 'always-the-same'.repeat(3) : undefined",
      at: 'mercury',
      drags: ['ar-pkce-fresh'],
    },
  }),
  clause({
    id: 'se-rate-of-bad-codes',
    title: 'stops exchanging codes for a browser that brings bad ones again and again',
    level: should(),
    source: 'RFC 6819 §4.4.1.12',
    why: 'Somebody guesses codes through you, and the provider blocks you for it. After some bad callbacks refuse those of that browser for a while.',
    alsoFor: everywhere,
    after: 'connects',
    async story(scene) {
      for (let guess = 1; guess <= scene.wrong(1, guesses); guess++) {
        const url = new URL(await scene.visit(await scene.begin('mallory')))
        await scene.wrongly(() => url.searchParams.set('code', `guess-${guess}`))
        scene.mark(guess > patience ? 'late' : 'early')
        await scene.callback('mallory', url.href)
      }
    },
    missed: (evidence) =>
      codeExchanges(since(evidence)).length > 0 ? undefined : 'not one bad code came to an exchange',
    judge(evidence) {
      const late = codeExchanges(under(evidence, 'late'))
      if (late.length > 0)
        return saw(`went on to exchange codes after ${patience} bad ones of the same browser`, ...late)
    },
    mutant: {
      bug: 'exchanges whatever comes',
      find: 'const mostFailures = 10',
      replace: 'const mostFailures = 10_000',
    },
  }),
]
