import { type Clause, clause, everywhere, must, should } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import {
  answerOf,
  apiCalls,
  bearerOf,
  brokenPage,
  outcomes,
  results,
  stepsOf,
  under,
} from '../../src/contract/reading.ts'
import { struck, unlessStruck } from './struck.ts'

const types = ['application/json;charset=UTF-8', 'application/vnd.example.token+json', 'text/plain', '']

/** As long as some providers' tokens are; looks like a signed one, and is none. */
const longToken = `eyJ${'0a-9_Z~'.repeat(400)}.${'b.c-d+e/f'.repeat(550)}.${'=='}`

/** How a token answer comes, and what becomes of it. */
export const onTheWire: readonly Clause[] = [
  clause({
    id: 'ts-content-type-variants',
    title: 'reads a token answer of JSON whatever its Content-Type, with a byte order mark as well',
    level: should(),
    source: 'experience; RFC 6749 §5.1 has application/json',
    why: 'Gateways change the type, and some leave it out. Judge the body by what is in it.',
    alsoFor: everywhere,
    async story(scene) {
      for (const value of types) {
        scene.mark(value)
        scene.arm({ on: 'token:authorization_code', kind: 'contentType', value })
        await scene.connect()
      }
      scene.mark('bom')
      scene.arm('token:authorization_code malformed how=bom')
      await scene.connect()
      await scene.call()
    },
    missed: unlessStruck(types.length + 1),
    judge(evidence) {
      for (const mark of [...types, 'bom']) {
        const [answered] = struck(under(evidence, mark))
        if (!answered || outcomes(evidence, mark).includes('connected')) continue
        const words = mark === 'bom' ? 'a byte order mark' : `Content-Type "${mark}"`
        return saw(`refused a token answer with ${words}`, answered)
      }
    },
    mutant: {
      bug: 'reads application/json alone',
      find: 'if (!body) return { ...unclear,',
      replace: "if (!body || !/json/.test(reply.headers.get('content-type') ?? '')) return { ...unclear,",
    },
  }),
  clause({
    id: 'ts-long-opaque-token',
    title: 'keeps a token of 8,000 characters whole, and does not read it',
    level: must(),
    source: 'RFC 6749 §1.4, §5.1; RFC 6750 §2.1',
    why: 'Tokens grow without notice, and what is inside is the business of the server. Store them in a column without a limit, and send them as they came.',
    alsoFor: everywhere,
    async story(scene) {
      scene.arm({ on: 'token:authorization_code', kind: 'replace', fields: { access_token: longToken } })
      await scene.connect()
      scene.mark('used')
      await scene.call()
      scene.mark('restarted')
      await scene.restart()
      await scene.call()
    },
    missed: unlessStruck(),
    judge(evidence) {
      const [answered] = struck(evidence.exchanges)
      if (!answered) return undefined
      const { access_token: issued } = answerOf(answered)
      if (!outcomes(evidence).includes('connected')) return saw('refused a long token', answered)
      const other = apiCalls(evidence.exchanges).find((one) => bearerOf(one) !== issued)
      if (other)
        return saw(`sent a token of ${bearerOf(other)?.length ?? 0} characters, which was not the one it got`, other)
      for (const mark of ['used', 'restarted'])
        if (results(evidence, mark).some((result) => result !== 'ok'))
          return saw(`could not use a long token${mark === 'used' ? '' : ' after a restart'}`, answered)
    },
    mutant: {
      bug: 'keeps the first 4,096 characters of a token',
      find: 'accessToken: granted.accessToken,',
      replace: 'accessToken: granted.accessToken.slice(0, 4096),',
    },
  }),
  clause({
    id: 'ts-truncated-body',
    title: 'stores nothing of an answer that breaks off, and keeps the link that it has',
    level: must('ours'),
    source: 'experience: connections break in the middle of an answer',
    why: 'Half an answer is no answer, and the old tokens are still good. Write when all is read, and not before.',
    alsoFor: everywhere,
    after: 'connects',
    async story(scene) {
      await scene.connect()
      await scene.call()
      scene.mark('again')
      scene.arm('token:authorization_code truncate')
      await scene.connect()
      scene.mark('afterwards')
      await scene.call()
    },
    missed: unlessStruck(),
    judge(evidence) {
      const [broken] = struck(evidence.exchanges)
      if (!broken) return undefined
      if (stepsOf(evidence, 'callback', 'again').some(({ answer }) => answer?.outcome === 'connected'))
        return saw('says connected after an answer that broke off', broken)
      if (results(evidence, 'afterwards').some((result) => result !== 'ok'))
        return saw('lost the link that it had to an answer that broke off', broken)
      const page = brokenPage(evidence, 'again')
      if (page) return saw(`answered ${page} to a login whose token answer broke off`, broken)
    },
    mutant: {
      bug: 'forgets the link when a login gets no whole answer',
      find: "if (came.kind !== 'granted') return answer('failed', came.code)",
      replace: `
        const isSilent = came.kind === 'unclear' && came.status === undefined
        if (isSilent) await store.update(login.link, (before) => before && { ...before, state: 'disconnected' })
        if (came.kind !== 'granted') return answer('failed', came.code)
      `,
    },
  }),
  clause({
    id: 'ts-chunked-slow',
    title: 'reads a token answer that comes in small pieces',
    level: should('ours'),
    source: 'experience: slow networks cut answers where they like',
    why: 'What the first read brings is not the answer. Read to the end, within the time that you give it.',
    alsoFor: everywhere,
    after: 'connects',
    seconds: 1,
    async story(scene) {
      await scene.connect()
      scene.mark('slow')
      // A second, however long it is.
      const { length = 0 } = scene.world.requests({ endpoint: 'token' }).at(-1)?.response.body ?? ''
      scene.arm({ on: 'token:authorization_code', kind: 'slow', bytesPerSecond: Math.max(length, 10) })
      await scene.connect()
      await scene.call()
    },
    missed: unlessStruck(),
    judge(evidence) {
      const [slow] = struck(evidence.exchanges)
      if (!slow) return undefined
      if (!outcomes(evidence, 'slow').includes('connected')) return saw('refused an answer that came in pieces', slow)
      if (results(evidence, 'slow').some((result) => result !== 'ok'))
        return saw('could not use a token that came in pieces', slow)
    },
    mutant: {
      bug: 'takes the first piece of an answer for all of it',
      find: 'size += value.length',
      replace: 'break',
    },
  }),
]
