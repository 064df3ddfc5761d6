import { type Clause, clause, should } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import { apiCalls, refreshes, results, struckBy, times, under } from '../../src/contract/reading.ts'
import { presented, rotating } from './presented.ts'
import { whileHeld } from './while-held.ts'

const needs = { features: ['multiProcess'] } as const

/** Longer than most leases of locks. */
const heldSeconds = 20

/** Two processes on one store. */
export const twoProcesses: readonly Clause[] = [
  clause({
    id: 'rc-two-processes',
    title: 'serves the calls of two processes that find the token ended together, and keeps the link',
    level: should('ours'),
    source: 'RFC 9700 §4.14.2; experience: links lost by a second instance',
    why: 'What keeps one process from refreshing twice does not keep two. Take a lock that both see, or write the store by comparison.',
    alsoFor: rotating,
    needs,
    after: 'refreshes',
    async story(scene) {
      await scene.connect()
      await scene.call()
      const other = await scene.second()
      await other.call()
      scene.mark('together')
      scene.arm('api hold count=2 order=arrival forMs=1000')
      scene.arm('api expireEarly')
      // Two that refresh do so at the same time.
      scene.arm('token:refresh_token hold count=2 forMs=300')
      await Promise.all([scene.call(), other.call()])
      scene.mark('afterwards')
      // Whether the grant lives, and each has the token that it goes on with, the next refresh of each shows.
      for (const process of [scene, other]) {
        scene.arm('api expireEarly')
        await process.call()
      }
    },
    missed(evidence) {
      const met = struckBy(apiCalls(under(evidence, 'together')), 'hold')
      if (met.length < 2) return 'the two processes did not call at the same time'
    },
    judge(evidence) {
      const sent = refreshes(under(evidence, 'together'))
      const failed = results(evidence, 'together').find((one) => one !== 'ok')
      if (failed) return saw(`answers ${failed} in one of two processes that needed a new token`, ...sent)
      const after = results(evidence, 'afterwards').find((one) => one !== 'ok')
      if (after) return saw(`answers ${after} after two processes had needed a new token`, ...sent)
    },
    mutant: {
      bug: 'takes no lock between processes',
      find: '=> store.alone(name, work)',
      replace: '=> work()',
      drags: ['rc-slow-refresh-outlives-lock'],
      at: 'mercury',
    },
  }),
  clause({
    id: 'rc-stale-capture',
    title: 'reads the refresh token last, once nobody else can be refreshing',
    level: should('ours'),
    source: 'RFC 6749 §6; experience: tokens read before a lock was had',
    why: 'Whoever had the lock before has changed the token that you read before you waited. Read it again when it is your turn.',
    alsoFor: rotating,
    needs,
    after: 'refreshes',
    async story(scene) {
      await scene.connect()
      await scene.call()
      const other = await scene.second()
      await other.call()
      scene.mark('in turn')
      // Both are at the API with the same token before it ends.
      scene.arm('api hold count=2 order=arrival forMs=1000')
      scene.arm('api expireEarly')
      scene.arm('token:refresh_token hold count=2 forMs=400')
      await Promise.all([scene.call(), other.call()])
    },
    missed(evidence) {
      const seen = under(evidence, 'in turn')
      if (struckBy(apiCalls(seen), 'hold').length < 2) return 'the two processes did not call at the same time'
      const held = struckBy(refreshes(seen), 'hold')
      if (held.length === 0) return 'nobody refreshed'
      if (held.length > 1) return 'neither process waited for the other'
    },
    judge(evidence) {
      const seen = under(evidence, 'in turn')
      const held = struckBy(refreshes(seen), 'hold')
      // Two that are held together have no turns: that is another clause's.
      const stale = refreshes(seen).find((one) => !held.includes(one) && presented([one])[0] === presented(held)[0])
      if (stale)
        return saw('presented a refresh token that another process had replaced while it waited', ...held, stale)
      const failed = results(evidence, 'in turn').find((one) => one !== 'ok')
      if (failed && held.length === 1) return saw(`answers ${failed} in a process that had waited for another`, ...held)
    },
    mutant: {
      bug: 'refreshes with what it read before it had the lock',
      find: 'const link = await store.read(name)',
      replace: 'const link = arguments[0]',
      drags: ['rc-late-caller', 'rc-slow-refresh-outlives-lock'],
    },
  }),
  clause({
    id: 'rc-slow-refresh-outlives-lock',
    title: 'does not refresh a second time while a slow refresh is still under way',
    level: should('ours'),
    source: 'RFC 6749 §6; experience: locks with a lease shorter than a slow answer',
    why: 'A lock that ends by itself lets the next process in with the same token. Renew the lease as long as you work, and let it outlast the longest request.',
    alsoFor: rotating,
    needs,
    after: 'refreshes',
    seconds: heldSeconds,
    env: (env) => ({ ...env, requestTimeoutMs: (heldSeconds + 10) * 1_000 }),
    async story(scene) {
      await scene.connect()
      await scene.call()
      const other = await scene.second()
      await other.call()
      scene.mark('slow')
      scene.arm('api expireEarly')
      await whileHeld(scene, {
        by: `token:refresh_token hold count=2 forMs=${heldSeconds * 1_000}`,
        act: () => scene.call(),
        meanwhile: () => other.call(),
      })
      scene.mark('afterwards')
      await other.call()
    },
    missed(evidence) {
      if (struckBy(under(evidence, 'slow'), 'hold').length === 0) return 'no refresh was slow'
    },
    judge(evidence) {
      const sent = refreshes(under(evidence, 'slow'))
      if (sent.length > 1) return saw(`refreshed ${times(sent.length)} because the first one took long`, ...sent)
      const failed = [...results(evidence, 'slow'), ...results(evidence, 'afterwards')].find((one) => one !== 'ok')
      if (failed) return saw(`answers ${failed} after a refresh that took long`, ...sent)
    },
    mutant: {
      bug: 'takes a lock of half a second for one that was left behind',
      find: 'Date.now() - mtimeMs > abandonedMs',
      replace: 'Date.now() - mtimeMs > 500',
    },
  }),
]
