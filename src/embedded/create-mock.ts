import { theirOwn } from '../control/addresses.ts'
import { inside, onlyThis } from '../control/inside.ts'
import { mockWorldOf, providerAt } from '../control/mock-world.ts'
import { openWorld } from '../control/open-world.ts'
import { checkOwn } from '../control/own.ts'
import { describe } from '../control/played.ts'
import { setupOf } from '../control/setup.ts'
import { limitsOf } from '../control/world-limits.ts'
import { checkWorldName, prefixOf } from '../control/world-name.ts'
import { createWorlds, type MakeWorld, type Worlds } from '../control/worlds.ts'
import type { ListenOptions, Server } from '../server/listen.ts'
import type { State } from '../state/open-state.ts'
import type { Environment } from '../vocabulary/environment.ts'
import { at, MockOAuthError } from '../vocabulary/misuse.ts'
import { outside } from '../web/outside.ts'
import type { World } from '../world/world.ts'
import { checkOptions } from './check-options.ts'
import type { ListeningWorld, MockOAuth, MockOAuthOptions } from './mock-oauth.ts'

/** What a mock needs of the place where it runs; a browser has neither. */
export interface Place {
  /** @throws {MockOAuthError} `state_unavailable` */
  openState(file: string): Promise<State>
  /** @throws {MockOAuthError} `port_in_use`, `address_unavailable` */
  listen(worlds: Worlds, where: ListenOptions): Promise<Server>
}

/**
 * Makes a mock of one or more providers, in a place.
 * @param setUp what the options come to
 */
export async function createMock(options: MockOAuthOptions, place: Place, setUp = setupOf): Promise<MockOAuth> {
  checkOptions(options)
  await checkOwn(options.providers ?? [])
  const setup = setUp(options)
  const limits = at('worlds', () => limitsOf(options.worlds, options.state !== undefined))
  const state = options.state === undefined ? undefined : await place.openState(options.state)
  const open: MakeWorld = (name, seed, played) =>
    openWorld({ ...played, name, seed, realTime: Date.now, outside, ledger: state?.ledgerOf(name) })
  const seed = options.seed ?? crypto.randomUUID()
  const kept = state?.worlds() ?? []
  const worlds = await createWorlds(open, { setup, seed, kept, realTime: Date.now, ...limits }).catch(async (error) => {
    await state?.close()
    throw error
  })
  const { main } = worlds
  const servers: Server[] = []
  const closing = new AbortController()
  const around = { outside, closed: closing.signal }
  const addressesOf = (world: World) => () => servers[0]?.addressesOf(world) ?? theirOwn
  const tested = (world: World) =>
    mockWorldOf(world, addressesOf(world), { worlds: onlyThis(world, worlds), ...around })

  const end = async () => {
    closing.abort()
    worlds.close()
    await Promise.all(servers.splice(0).map((server) => server.close()))
    await state?.close()
  }
  let ended: Promise<void> | undefined
  const close = () => {
    ended ??= end()
    return ended
  }
  /** What would begin something that nobody ends. */
  const checkOpen = () => {
    if (ended) throw new MockOAuthError('closed', 'This mock is closed. Make another one by createMockOAuth().')
  }
  return {
    ...tested(main),
    [inside]: { worlds, ...around },
    get seed() {
      return main.seed
    },
    async world(name) {
      checkOpen()
      return tested(await worlds.named(name))
    },
    worlds: {
      list: worlds.list,
      remove: worlds.remove,
      unfired: worlds.unfired,
      onMade: (listener) => worlds.onMade((world) => listener(tested(world))),
    },
    reconfigure: (next) =>
      worlds.reconfigure(async () => {
        checkOptions(next)
        await checkOwn(next.providers ?? [])
        return setUp(next)
      }),
    async listen(where = {}) {
      checkOpen()
      const server = await place.listen(worlds, where)
      servers.push(server)
      const { url, controlToken, ca } = server
      const reached = (name: string): ListeningWorld => {
        // Every world plays the same, and begins with the same clients.
        const addresses = server.addressesOf({
          name,
          get environments() {
            return main.environments
          },
        })
        const described = (one: Environment) => describe(one, main.defaultClient(one), addresses.of(one))
        return {
          url: url + prefixOf(name),
          provider: (provider) => providerAt(main, addresses, provider),
          providers: () => Object.fromEntries(main.environments.map((one) => [one.key, described(one)])),
        }
      }
      return {
        ...reached(main.name),
        ...(controlToken === undefined ? {} : { controlToken }),
        ...(ca === undefined ? {} : { ca }),
        world(name) {
          checkWorldName(name)
          return reached(name)
        },
      }
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}
