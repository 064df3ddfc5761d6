import { type Clause, clause, everywhere, must, should } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import {
  apiCalls,
  outcomes,
  refreshes,
  results,
  stepsOf,
  times,
  tokenRequests,
  under,
} from '../../src/contract/reading.ts'
import { struck, unlessStruck } from './struck.ts'

const daysOf180 = 15_552_000

/** Lifetimes that say nothing. */
const pointless = [null, 0, -1]

/** `expires_in`: how long a token lives, if anybody says. */
export const lifetime: readonly Clause[] = [
  clause({
    id: 'ts-expires-string',
    title: 'reads an expires_in that comes as text',
    level: should(),
    source: 'experience; RFC 6749 §5.1 has a number',
    why: 'Text that is added to a number is glued to it, and the token is over at once or never. Make a number of it first.',
    alsoFor: everywhere,
    after: 'refreshes',
    async story(scene) {
      scene.arm({ on: 'token:authorization_code', kind: 'replace', fields: { expires_in: '3600' } })
      await scene.connect()
      scene.mark('fresh')
      await scene.call()
      await scene.call()
      scene.mark('later')
      await scene.expire()
      await scene.call()
    },
    missed: unlessStruck(),
    judge(evidence) {
      const [answered] = struck(evidence.exchanges)
      if (!outcomes(evidence).includes('connected')) return saw('refused expires_in "3600"', answered)
      const early = refreshes(under(evidence, 'fresh'))
      if (early.length > 0)
        return saw('refreshed a token that was told to live "3600" seconds more', answered, ...early)
      if (results(evidence).some((result) => result !== 'ok'))
        return saw('did not get through with a token that was told to live "3600" seconds', answered)
    },
    mutant: {
      bug: 'takes a lifetime that comes as text for none',
      find: "const seconds = typeof told === 'string' ? Number(told) : told",
      replace: "const seconds = typeof told === 'string' ? 1e-6 : told",
    },
  }),
  clause({
    id: 'ts-expires-missing',
    title: 'does without expires_in: it uses the token until it is refused',
    level: must(),
    source: 'RFC 6749 §5.1',
    why: 'The field is only recommended. A client that counts with nothing refreshes at every call, or never connects.',
    alsoFor: ['finexer', 'standard'],
    async story(scene) {
      scene.arm({ on: 'token', kind: 'omit', fields: ['expires_in'], nth: '1n' })
      await scene.connect()
      scene.mark('fresh')
      for (let time = 0; time < 3; time++) await scene.call()
    },
    missed: unlessStruck(),
    judge(evidence) {
      const [answered] = struck(evidence.exchanges)
      if (!outcomes(evidence).includes('connected')) return saw('refused an answer without expires_in', answered)
      const early = refreshes(under(evidence, 'fresh'))
      if (early.length > 0)
        return saw(`refreshed ${times(early.length)} in three calls, for want of expires_in`, answered, ...early)
      if (results(evidence).some((result) => result !== 'ok'))
        return saw('could not use a token without expires_in', answered)
    },
    mutant: {
      bug: 'takes a token without a lifetime for one that is over',
      find: "if (typeof seconds !== 'number' || !(seconds > 0)) return undefined",
      replace:
        'if (seconds === undefined) return 1e-6\n  if (typeof seconds !== "number" || !(seconds > 0)) return undefined',
      drags: ['rf-expires-reset'],
      at: 'standard',
    },
  }),
  clause({
    id: 'ts-expires-null-zero-negative',
    title: 'refreshes once a call at the most where expires_in is null, 0 or negative',
    level: should('ours'),
    source: 'experience: servers that do not count write such values',
    why: 'A loop that refreshes until the token is good never ends. Refresh once and use what came.',
    alsoFor: everywhere,
    after: 'connects',
    async story(scene) {
      for (const expires_in of pointless) {
        scene.mark(String(expires_in))
        // The one that is armed last has the last word.
        scene.arm({ on: 'token', kind: 'replace', fields: { expires_in }, nth: '1n' })
        await scene.connect()
        await scene.call()
        await scene.call()
      }
    },
    missed: unlessStruck(pointless.length),
    judge(evidence) {
      for (const told of pointless.map(String)) {
        // Whoever refuses such an answer has no token to refresh.
        const isConnected = outcomes(evidence, told).includes('connected')
        for (const { from, to, answer } of stepsOf(evidence, 'call', told)) {
          const sent = refreshes(evidence.exchanges.slice(from, to))
          if (sent.length > 1)
            return saw(`refreshed ${times(sent.length)} in one call, after expires_in ${told}`, ...sent)
          if (isConnected && answer && answer.result !== 'ok')
            return saw(`could not use a token with expires_in ${told}`, ...sent)
        }
      }
    },
    mutant: {
      bug: 'refreshes three times where it does not know how long a token lives',
      find: "if (found?.state !== 'connected') return needsReauth(found)",
      replace: `
        if (found?.state !== 'connected') return needsReauth(found)
        for (let time = 0; found.expiresAt === undefined && time < 3; time++)
          await refresher.renew((await store.read(name)) ?? found)
      `,
      drags: ['rf-expires-reset'],
      at: 'mekari',
    },
  }),
  clause({
    id: 'ts-expires-180-days',
    title: 'copes with a lifetime of 180 days: no timer overflows',
    level: must('ours'),
    source: 'experience: timers of many languages end at 2^31 milliseconds, which are 25 days',
    why: 'A timer beyond that fires at once, and the client refreshes in a loop. Compare the time before each call, or wait in steps.',
    alsoFor: ['mercado-pago'],
    control: false,
    async story(scene) {
      await scene.connect()
      // Time in which a timer would fire.
      scene.world.faults.arm('api delay ms=1000')
      await scene.call()
    },
    missed({ exchanges }) {
      const told = tokenRequests(exchanges).some(({ response }) => response.body.includes(`"expires_in":${daysOf180}`))
      if (!told) return 'no token was told to live 180 days'
      if (!apiCalls(exchanges).some(({ faults }) => faults)) return 'no call took a second'
    },
    judge({ exchanges }) {
      const sent = refreshes(exchanges)
      if (sent.length > 1) return saw(`refreshed ${times(sent.length)} within a second, with 180 days to live`, ...sent)
    },
    mutant: {
      bug: 'counts the life of a token in 32 bits of milliseconds, and looks again and again while the API is slow',
      find: 'const reply = await send(env.apiUrl, { method, headers, body }, env.requestTimeoutMs, signal)',
      replace: `
        const since = Date.now()
        const reply = await send(env.apiUrl, { method, headers, body }, env.requestTimeoutMs, signal)
        for (let time = 0; Date.now() - since > 950 && time < 3; time++) {
          const now = await store.read(link.name)
          if (now?.lifetime !== undefined && (now.lifetime | 0) < 0) await refresher.renew(now)
        }
      `,
    },
  }),
]
