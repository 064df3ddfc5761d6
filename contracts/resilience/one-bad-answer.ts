import { type Clause, clause, everywhere, should } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import type { Env } from '../../src/contract/protocol/messages.ts'
import {
  codeExchanges,
  refreshes,
  results,
  stepsOf,
  struckBy,
  succeeded,
  times,
  under,
} from '../../src/contract/reading.ts'
import { whileHeld } from '../rotation/while-held.ts'

/** How long a client may wait for an answer that never comes, in real milliseconds, where it was told two seconds. */
const longestWait = 8_000

/** The token endpoint is silent, slow, not there, or breaks its connections. */
export const oneBadAnswer: readonly Clause[] = [
  clause({
    id: 'rs-token-timeout',
    title: 'gives up a refresh that is never answered, as something that passes, and lets logins begin meanwhile',
    level: should('ours'),
    source: 'experience: workers that stood still behind one connection',
    why: 'A request without a limit holds whoever waits for it for ever. Set one, call it a passing trouble, and try again later.',
    alsoFor: everywhere,
    after: 'refreshes',
    seconds: 2,
    async story(scene) {
      await scene.connect()
      await scene.call()
      await scene.expire()
      scene.mark('silence')
      await whileHeld(scene, {
        by: 'token:refresh_token hold count=2 forMs=6000',
        act() {
          scene.arm('token:refresh_token hang before')
          return scene.call()
        },
        async meanwhile() {
          if (scene.claims('concurrent')) await scene.begin('another browser')
        },
      })
    },
    missed: (evidence) =>
      struckBy(refreshes(under(evidence, 'silence')), 'hang').length > 0 ? undefined : 'no refresh met silence',
    judge(evidence) {
      const [call] = stepsOf(evidence, 'call', 'silence')
      const [begun] = stepsOf(evidence, 'begin', 'silence')
      const sent = refreshes(under(evidence, 'silence'))
      if (begun?.lost) return saw('could not begin a login while a refresh was not answered', sent[0])
      if (sent.length === 0 || !call) return undefined
      if (call.lost || call.tookMs > longestWait) return saw('still waited for a refresh after eight seconds', sent[0])
      const { steps } = evidence
      if (begun && steps.indexOf(begun) > steps.indexOf(call))
        return saw('let a login of somebody else wait until a refresh was given up', sent[0])
      const said = call.answer?.result
      // Some try once more at once, and may.
      if (said !== undefined && said !== 'transient' && said !== 'ok')
        return saw(`says ${said} of a refresh that was not answered`, sent[0])
    },
    mutant: {
      bug: 'takes silence for a refusal',
      find: `if (came.kind === 'refused' && came.code === 'invalid_grant')`,
      replace: `if (came.code === 'timeout' || (came.kind === 'refused' && came.code === 'invalid_grant'))`,
    },
  }),
  clause({
    id: 'rs-slow-but-ok',
    title: 'waits for a slow answer within its own limit',
    level: should('ours'),
    source: 'experience: rotated tokens lost by an impatient client',
    why: 'The token was rotated while you hung up. Wait as long as your limit says before you call a refresh lost.',
    alsoFor: everywhere,
    after: 'refreshes',
    seconds: 1.2,
    async story(scene) {
      await scene.connect()
      await scene.call()
      await scene.expire()
      scene.arm('token:refresh_token delay after ms=1200')
      scene.mark('slow')
      await scene.call()
    },
    missed: (evidence) => (refreshes(under(evidence, 'slow')).length > 0 ? undefined : 'no refresh was asked for'),
    judge(evidence) {
      const sent = refreshes(under(evidence, 'slow'))
      if (sent.length === 0) return undefined
      if (sent.length > 1) return saw(`asked ${times(sent.length)} while one refresh was under way`, ...sent)
      const [result] = results(evidence, 'slow')
      if (result !== 'ok')
        return saw(`did not wait 1.2 of its 2 seconds for a refresh: ${result ?? 'no answer'}`, ...sent)
    },
    mutant: {
      bug: 'gives a request up after half of its time',
      find: 'const quiet = setTimeout(stop, quietMs)',
      replace: 'const quiet = setTimeout(stop, quietMs / 2)',
    },
  }),
  clause({
    id: 'rs-refused-then-ok',
    title: 'keeps the link while the token endpoint takes no connection, and refreshes once it does',
    level: should('ours'),
    source: 'experience: nothing was sent, so nothing is lost',
    why: 'A refused connection says nothing of the token. Keep it, and use it as soon as the server is back.',
    alsoFor: everywhere,
    after: 'refreshes',
    async story(scene) {
      const { tokenUrl } = scene.env
      await scene.connect()
      await scene.call()
      await scene.expire()
      await scene.wrongly(async () => {
        // A port at which nobody listens: it is asked for by name, and taken by no test.
        await scene.restart({ tokenUrl: tokenUrl.replace(/:\d+/, ':2') })
        scene.mark('refused')
        await scene.call()
        await scene.restart({ tokenUrl })
      })
      await scene.advance('5m')
      scene.mark('back')
      await scene.call()
    },
    missed: (evidence) => (refreshes(evidence.exchanges).length > 0 ? undefined : 'no refresh was asked for'),
    judge(evidence) {
      const [refused] = results(evidence, 'refused')
      if (refused === 'needs_reauth') return saw('gave the link up because no connection was taken')
      const [back] = results(evidence, 'back')
      if (back === 'needs_reauth' || back === 'error')
        return saw(`did not recover once connections were taken: ${back}`)
    },
    mutant: {
      bug: 'gives a link up when no connection is taken',
      find: `if (came.kind === 'refused' && came.code === 'invalid_grant')`,
      replace: `if (came.code === 'ECONNREFUSED' || (came.kind === 'refused' && came.code === 'invalid_grant'))`,
    },
  }),
  clause({
    id: 'rs-stale-keepalive',
    title: 'does not fail when idle connections are closed behind its back, and exchanges no code twice',
    level: should('ours'),
    source: 'RFC 9112 §9.3.1; experience',
    why: 'A connection may be closed just as you use it again. Open a new one, and repeat only what is safe to repeat.',
    alsoFor: everywhere,
    after: 'connects',
    async story(scene) {
      scene.arm('token close nth=1-4')
      scene.arm('api close nth=1-4')
      await scene.connect()
      await scene.call()
      await scene.call()
      await scene.call()
    },
    judge(evidence) {
      const exchanged = codeExchanges(evidence.exchanges)
      if (exchanged.length > 1) return saw(`exchanged one code ${times(exchanged.length)}`, ...exchanged)
      const bad = results(evidence).filter((result) => result !== 'ok')
      if (exchanged.some(succeeded) && bad.length > 0) return saw(`failed ${times(bad.length)} on closed connections`)
    },
    mutant: {
      bug: 'asks for the token once more in case the connection was stale',
      find: 'const { granted } = came',
      replace: 'const { granted } = came; await tokens.exchange(code, login.verifier, login.scope)',
      drags: ['cb-double-one-exchange'],
    },
  }),
  clause({
    id: 'rs-dual-stack',
    title: 'reaches a server that listens on the IPv6 loopback address alone',
    level: should('ours'),
    source: 'RFC 8252 §7.3',
    why: 'On many machines localhost is ::1, and 127.0.0.1 on others. Connect to the name, and try every address of it.',
    alsoFor: everywhere,
    async env(env, scene) {
      const tokenUrl = await scene.wrong(async () => env.tokenUrl, scene.byIPv6)(env.tokenUrl)
      const apiUrl = await scene.wrong(async () => env.apiUrl, scene.byIPv6)(env.apiUrl)
      return { ...env, tokenUrl, apiUrl }
    },
    async story(scene) {
      await scene.connect()
      await scene.call()
    },
    missed: ({ env }) => (isElsewhere(env) ? undefined : 'this machine has no ::1'),
    judge(evidence) {
      if (!isElsewhere(evidence.env)) return undefined
      if (!codeExchanges(evidence.exchanges).some(succeeded)) return saw('did not reach a token endpoint at ::1')
      if (results(evidence)[0] !== 'ok') return saw('did not reach an API at ::1')
    },
    mutant: {
      bug: 'takes localhost for 127.0.0.1',
      find: 'const response = await fetch(url, {',
      replace: `const response = await fetch(url.replace(/localhost|\\[::1\\]/, '127.0.0.1'), {`,
    },
  }),
]

/** Whether its tokens come from another address than its logins. */
const isElsewhere = ({ tokenUrl, authorizeUrl }: Env): boolean => new URL(tokenUrl).host !== new URL(authorizeUrl).host
