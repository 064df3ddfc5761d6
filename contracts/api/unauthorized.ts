import { type Clause, clause, everywhere, must, should } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import { apiCalls, refreshes, results, succeeded, times, under } from '../../src/contract/reading.ts'

const bodies = {
  page: { body: '<html><body><h1>401 Authorization Required</h1></body></html>', contentType: 'text/html' },
  text: { body: 'Unauthorized', contentType: 'text/plain' },
  nothing: {},
} as const

const refused = ({ response }: { response: { status: number } }) => response.status === 401

/** A call that is answered with 401. */
export const unauthorized: readonly Clause[] = [
  clause({
    id: 'ap-401-refresh-once-retry',
    title: 'refreshes once when a call is answered with 401, and makes the call once more',
    level: must(),
    source: 'RFC 6749 §1.5; RFC 6750 §3.1',
    why: 'A token may end at any moment, whatever its lifetime was said to be. Get a new one, repeat the call with it, and nobody notices.',
    alsoFor: everywhere,
    given: 'refreshes',
    after: 'connects',
    async story(scene) {
      await scene.connect()
      await scene.call()
      scene.mark('ended')
      scene.arm('api expireEarly')
      await scene.call()
    },
    missed: (evidence) =>
      apiCalls(under(evidence, 'ended')).some(refused) ? undefined : 'no call was answered with 401',
    judge(evidence) {
      const seen = under(evidence, 'ended')
      const [first, ...more] = apiCalls(seen)
      if (!first || !refused(first)) return undefined
      const sent = refreshes(seen)
      if (sent.length !== 1) return saw(`refreshed ${times(sent.length)} after a 401`, first, ...sent)
      if (more.length !== 1) return saw(`repeated the call ${times(more.length)} after the refresh`, ...more)
      const [result] = results(evidence, 'ended')
      if (result !== 'ok')
        return saw(`answers ${result ?? 'nothing'} to a call that a refresh had mended`, first, ...more)
    },
    mutant: {
      bug: 'makes the call twice after a refresh',
      find: 'reply = await ask(second.link, asked, signal)',
      replace: 'await ask(second.link, asked, signal)\n      reply = await ask(second.link, asked, signal)',
      drags: ['ap-401-persistent'],
    },
  }),
  clause({
    id: 'ap-401-persistent',
    title: 'stops after one refresh and one more try when the API says 401 to any token',
    level: must('ours'),
    source: 'experience: clients that refresh in a loop are locked out, and use up the grant of their user',
    why: 'A new token does not mend what is wrong with the API, and each round costs a refresh. Report it after the second 401.',
    alsoFor: everywhere,
    after: 'connects',
    async story(scene) {
      await scene.connect()
      await scene.call()
      scene.mark('refusing')
      scene.arm('api status status=401 nth=1n')
      await scene.call()
    },
    missed: (evidence) =>
      apiCalls(under(evidence, 'refusing')).some(refused) ? undefined : 'no call was answered with 401',
    judge(evidence) {
      const seen = under(evidence, 'refusing')
      const sent = refreshes(seen)
      if (sent.length > 1) return saw(`refreshed ${times(sent.length)} for one call`, ...sent.slice(0, 5))
      const calls = apiCalls(seen)
      if (calls.length > 2)
        return saw(`made one call ${times(calls.length)}, each answered with 401`, ...calls.slice(0, 5))
      if (results(evidence, 'refusing').includes('ok')) return saw('says ok to a call that the API refused', ...calls)
    },
    mutant: {
      bug: 'tries again as long as the API says 401',
      find: 'if (isUnauthorized(reply) && first.link.accessToken === found.accessToken) {',
      replace: 'for (let round = 0; round < 9 && isUnauthorized(reply); round++) {',
    },
  }),
  clause({
    id: 'ap-401-any-body',
    title: 'knows a 401 by its status, whatever the body is',
    level: should(),
    source: 'RFC 9110 §15.5.2',
    why: 'A gateway in front of the API words its own 401: a page, a text, nothing at all. Look at the status, and refresh.',
    alsoFor: everywhere,
    given: 'refreshes',
    after: 'connects',
    async story(scene) {
      await scene.connect()
      await scene.call()
      for (const [name, body] of Object.entries(bodies)) {
        scene.mark(name)
        scene.arm({ on: 'api', kind: 'status', status: 401, ...body })
        await scene.call()
      }
    },
    missed: (evidence) =>
      Object.keys(bodies).every((name) => apiCalls(under(evidence, name)).some(refused))
        ? undefined
        : 'not each kind of 401 was met',
    judge(evidence) {
      for (const name of Object.keys(bodies)) {
        const seen = under(evidence, name)
        const calls = apiCalls(seen)
        if (!calls.some(refused)) continue
        const sent = refreshes(seen)
        if (sent.length !== 1)
          return saw(`refreshed ${times(sent.length)} after a 401 with ${name} in it`, ...calls, ...sent)
        const [result] = results(evidence, name)
        if (result !== 'ok' || !calls.some(succeeded))
          return saw(`answers ${result ?? 'nothing'} after a 401 with ${name} in it`, ...calls)
      }
    },
    mutant: {
      bug: 'believes a 401 only with JSON in it',
      find: "'status' in reply && reply.status === 401",
      replace: "'status' in reply && reply.status === 401 && reply.text.startsWith('{')",
    },
  }),
]
