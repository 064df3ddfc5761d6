import { type Clause, clause, everywhere, must } from '../../src/contract/clause.ts'
import { type Evidence, type Seen, saw } from '../../src/contract/evidence.ts'
import { apiCalls, results, struckBy, times, under } from '../../src/contract/reading.ts'

const order = { method: 'POST', body: '{"name":"first","amount":1250}' } as const

const posts = (evidence: Evidence, mark: string): readonly Seen[] =>
  apiCalls(under(evidence, mark)).filter(({ request }) => request.method === 'POST')

/** Calls that change something, made again. */
export const repeating: readonly Clause[] = [
  clause({
    id: 'ap-retry-preserves-request',
    title: 'repeats a call as it was, with method, body and headers',
    level: must(),
    source: 'RFC 9110 §15.5.2, which lets nothing but the credentials change',
    why: 'A body that was read once is gone when it is sent again, and an empty order is accepted without a word. Keep what is sent until the call is over.',
    alsoFor: everywhere,
    after: 'refreshes',
    async story(scene) {
      await scene.connect()
      await scene.call(order)
      scene.mark('ended')
      scene.arm('api expireEarly')
      await scene.call(order)
    },
    missed(evidence) {
      const [first, again] = posts(evidence, 'ended')
      if (!first?.request.body) return 'no POST with a body came'
      if (!again) return 'the call was not made again'
    },
    judge(evidence) {
      const [first, ...more] = posts(evidence, 'ended')
      if (!first?.request.body) return undefined
      const other = apiCalls(under(evidence, 'ended')).find(({ request }) => request.method !== 'POST')
      if (other) return saw(`repeated a POST as ${other.request.method}`, first, other)
      for (const again of more) {
        const { url, body } = again.request
        if (body !== first.request.body)
          return saw(
            body === '' ? 'repeated a POST without its body' : 'repeated a POST with another body',
            first,
            again,
          )
        if (url !== first.request.url) return saw('repeated a POST at another URL', first, again)
        const changed = kept.find((name) => again.request.headers[name] !== first.request.headers[name])
        if (changed) return saw(`repeated a POST with another ${changed}`, first, again)
      }
    },
    mutant: {
      bug: 'sends no body the second time',
      find: 'reply = await ask(second.link, asked, signal)',
      replace: 'reply = await ask(second.link, { ...asked, body: undefined }, signal)',
    },
  }),
  clause({
    id: 'ap-no-blind-replay',
    title: 'does not send a POST again when the connection breaks off before the answer',
    level: must('ours'),
    source: 'RFC 9110 §9.2.2; experience: orders that were placed twice',
    why: 'The API may have acted already. Report that nobody knows, or send a key by which the API knows a repetition.',
    alsoFor: everywhere,
    after: 'connects',
    async story(scene) {
      await scene.connect()
      await scene.call(order)
      scene.mark('broken off')
      scene.arm('api drop after')
      await scene.call(order)
    },
    missed(evidence) {
      if (struckBy(posts(evidence, 'broken off'), 'drop').length === 0) return 'no POST was cut off'
    },
    judge(evidence) {
      const sent = posts(evidence, 'broken off')
      const [first] = sent
      const key = first?.request.headers['idempotency-key']
      const unmarked = sent.filter(({ request }) => key === undefined || request.headers['idempotency-key'] !== key)
      if (unmarked.length > 1)
        return saw(`sent one POST ${times(sent.length)}, the first of which was acted upon`, ...sent)
      if (sent.length === 1 && results(evidence, 'broken off').includes('ok'))
        return saw('says ok to a POST whose answer it never got', first)
    },
    mutant: {
      bug: 'sends a call again when it breaks off',
      find: 'const reply = await send(env.apiUrl, { method, headers, body }, env.requestTimeoutMs, signal)',
      replace: [
        'let reply = await send(env.apiUrl, { method, headers, body }, env.requestTimeoutMs, signal)',
        "if ('failure' in reply) reply = await send(env.apiUrl, { method, headers, body }, env.requestTimeoutMs, signal)",
      ].join('\n'),
    },
  }),
]

/** Headers by which an API understands a body, or knows it again. */
const kept = ['content-type', 'idempotency-key', 'accept']
