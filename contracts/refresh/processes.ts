import { type Clause, clause, everywhere, must } from '../../src/contract/clause.ts'
import { type Evidence, saw } from '../../src/contract/evidence.ts'
import {
  apiCalls,
  bearerOf,
  refreshes,
  results,
  since,
  staleRefreshes,
  succeeded,
  under,
  wasStruck,
} from '../../src/contract/reading.ts'

/** New tokens, seen from another process: the next one, or one beside. */
export const processes: readonly Clause[] = [
  clause({
    id: 'rf-persisted-before-use',
    title: 'has stored the new tokens before the first call with them',
    level: must(),
    source: 'RFC 6749 §6',
    why: 'A process may end at any moment, and the old refresh token is used up. Write the answer of a refresh down before anything else.',
    alsoFor: ['mekari', 'mercado-pago', 'mercury', 'standard'],
    after: 'refreshes',
    async story(scene) {
      await scene.connect()
      await scene.call()
      await scene.expire()
      scene.mark('refresh')
      // Armed when the refresh is over: what comes next at the API has the new token.
      let isRefreshed = false
      const stop = scene.world.onExchange(({ endpoint, grantType }) => {
        if (endpoint !== 'token' || grantType !== 'refresh_token') return
        stop()
        isRefreshed = true
        scene.arm('api hang')
      })
      const { answer } = scene.cancellable()
      await scene.until('A call after the refresh', ({ endpoint }) => endpoint === 'api' && isRefreshed)
      if (scene.wrong(false, true)) {
        await scene.kill()
        await scene.restart()
      } else await answer
      scene.mark('restarted')
      await scene.call()
    },
    missed: (evidence) => (wasUnderWay(evidence) ? undefined : 'no call with a new token was under way'),
    judge(evidence) {
      if (!wasUnderWay(evidence)) return undefined
      const [stale] = staleRefreshes(since(evidence)).filter(({ mark }) => mark === 'restarted')
      if (stale)
        return saw('presented a used refresh token after it was killed: the new one had not been stored', stale)
      const [result] = results(evidence, 'restarted')
      if (result !== undefined && result !== 'ok')
        return saw(
          `says ${result} after it was killed at its first call with new tokens`,
          ...refreshes(since(evidence)),
        )
    },
    mutant: {
      bug: 'writes what a refresh brings a second late',
      find: 'await this.#write(this.#linkFile(link.name), link)',
      replace: `if (link.generation > 1) {
        this.#unsaved.set(link.name, link)
        setTimeout(() => this.#write(this.#linkFile(link.name), link).catch(() => {}), 1_000)
        return
      }
      await this.#write(this.#linkFile(link.name), link)`,
      drags: [
        'rf-access-replaced-everywhere',
        'rc-two-processes',
        'rc-stale-capture',
        'rc-loser-recovers',
        'rc-loser-any-400',
        'rc-cancel-mid-refresh',
        'rc-stale-writer',
        'rc-reconnect-during-refresh',
        'ex-deadline-survives-restart',
        'rv-no-use-after',
        'se-reconnect-replaces-grant',
      ],
    },
  }),
  clause({
    id: 'rf-access-replaced-everywhere',
    title: 'lets every process use the new access token after a refresh by one',
    level: must(),
    source: 'RFC 6749 §6; experience: a worker that keeps its own copy of a token fails until it is restarted',
    why: 'The old access token may end with the refresh. Read the link from the store for each call, or again after a 401.',
    alsoFor: everywhere,
    needs: { features: ['multiProcess'] },
    after: 'refreshes',
    control: false,
    async story(scene) {
      await scene.connect()
      await scene.call()
      const other = await scene.second()
      await other.call()
      await scene.expire()
      scene.mark('refresh')
      await scene.call()
      scene.mark('beside')
      await other.call()
      scene.mark('later')
      await other.call()
      await scene.call()
    },
    missed: (evidence) =>
      refreshes(under(evidence, 'refresh')).some(succeeded) ? undefined : 'the token was not refreshed',
    judge(evidence) {
      if (!refreshes(under(evidence, 'refresh')).some(succeeded)) return undefined
      const [failed] = [...results(evidence, 'beside'), ...results(evidence, 'later')].filter((one) => one !== 'ok')
      const refreshed = refreshes(under(evidence, 'refresh'))
      if (failed) return saw(`answered ${failed} in one process after a refresh by another`, ...refreshed)
      const dead = apiCalls(under(evidence, 'later')).find(({ response }) => response.status === 401)
      if (dead && bearerOf(dead))
        return saw(
          'went on presenting the old access token in one process after a refresh by another',
          ...refreshed,
          dead,
        )
    },
    mutant: {
      bug: 'keeps each link in memory, until it has to refresh it itself',
      find: 'const found = await store.read(name)',
      replace: `const memory = call as unknown as Record<string, Link | undefined>
    const found = (memory[name] ??= await store.read(name))
    if (found && isDue(found)) delete memory[name]`,
      drags: ['rf-reauth-recovers', 'rf-idle-keepalive', 'ap-401-any-body', 'rv-no-use-after', 'rv-elsewhere'],
    },
  }),
]

const wasUnderWay = (evidence: Evidence) =>
  refreshes(under(evidence, 'refresh')).some(succeeded) &&
  apiCalls(under(evidence, 'refresh')).some((one) => wasStruck(one, 'hang'))
