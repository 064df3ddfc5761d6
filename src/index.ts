/// <reference lib="esnext.disposable" preserve="true" />
import { theirOwn } from './control/addresses.ts'
import type { Answers } from './control/application-answers.ts'
import type { ApplicationInput, ApplicationState, HandedOver, ReviewInput } from './control/applications.ts'
import type { BrowserOutcome, PersonInput } from './control/browser.ts'
import type { ClientInput } from './control/clients.ts'
import type { FaultInput, FaultShown, ResetReport } from './control/faults.ts'
import type { Released } from './control/holds.ts'
import type { RotationInput, SigningKeys } from './control/keys.ts'
import type { Lineage, LineageToken } from './control/lineage.ts'
import { type EmbeddedProvider, type MockWorld, mockWorldOf, providerAt } from './control/mock-world.ts'
import { openWorld } from './control/open-world.ts'
import { checkOwn } from './control/own.ts'
import { describe, type PlayedProvider } from './control/played.ts'
import type { RotationShown } from './control/rotations.ts'
import { type SetupOptions, setupOf } from './control/setup.ts'
import type { Snapshot, SnapshotOptions } from './control/snapshot.ts'
import type { ClockInput, ClockState } from './control/time.ts'
import type { Minted, MintInput } from './control/tokens.ts'
import type { UserInput } from './control/users.ts'
import type { WebhookFilter, WebhookTestInput } from './control/webhooks.ts'
import { limitsOf, type WorldLimits } from './control/world-limits.ts'
import { checkWorldName, prefixOf } from './control/world-name.ts'
import { createWorlds, type MakeWorld, type Unfired, type WorldSummary } from './control/worlds.ts'
import type { Explanation } from './engine/explain.ts'
import type { ExplainedFault } from './engine/explain-faults.ts'
import type { WebhookExplanation } from './engine/explain-webhook.ts'
import type { Life, LifeEvent } from './engine/life.ts'
import type { ListenOptions, Server } from './server/listen.ts'
import { outside } from './server/outside.ts'
import type { Client, Grant, Receiver, User } from './store/store.ts'
import type { Environment } from './vocabulary/environment.ts'
import type { Fault } from './vocabulary/fault.ts'
import type { Lifetimes } from './vocabulary/lifetimes.ts'
import { at, MockOAuthError } from './vocabulary/misuse.ts'
import type { Mood } from './vocabulary/mood.ts'
import type { RotationPolicy } from './vocabulary/rotation.ts'
import type { Delivery, HttpRequest, HttpResponse } from './vocabulary/wire.ts'
import type { Exchange, ExchangeFilter, FaultAct } from './world/journal.ts'
import type { ReceiverInput } from './world/receiver.ts'
import type { WebhookAttempt, WebhookEvent } from './world/webhook-event.ts'
import type { ConsentMode, DefaultClient, World } from './world/world.ts'

export type {
  ApplicationDesk,
  ClientDesk,
  Desks,
  FaultDesk,
  GrantDesk,
  KeyDesk,
  RotationDesk,
  UserDesk,
  WebhookDesk,
} from './control/desks.ts'
export type { MisuseCode } from './vocabulary/misuse.ts'
export type {
  Answers,
  ApplicationInput,
  ApplicationState,
  BrowserOutcome,
  Client,
  ClientInput,
  ClockInput,
  ClockState,
  ConsentMode,
  DefaultClient,
  Delivery,
  EmbeddedProvider,
  Exchange,
  ExchangeFilter,
  ExplainedFault,
  Explanation,
  Fault,
  FaultAct,
  FaultInput,
  FaultShown,
  Grant,
  HandedOver,
  HttpRequest,
  HttpResponse,
  Life,
  LifeEvent,
  Lifetimes,
  Lineage,
  LineageToken,
  ListenOptions,
  Minted,
  MintInput,
  MockWorld,
  Mood,
  PersonInput,
  PlayedProvider,
  Receiver,
  ReceiverInput,
  Released,
  ResetReport,
  ReviewInput,
  RotationInput,
  RotationPolicy,
  RotationShown,
  SetupOptions,
  SigningKeys,
  Snapshot,
  SnapshotOptions,
  Unfired,
  User,
  UserInput,
  WebhookAttempt,
  WebhookEvent,
  WebhookExplanation,
  WebhookFilter,
  WebhookTestInput,
  WorldLimits,
  WorldSummary,
}
export { MockOAuthError }

/** What a mock is made from. */
export interface MockOAuthOptions extends SetupOptions {
  /** The same seed and the same requests give the same bytes. Default: random. */
  seed?: string
  /** How long named worlds are kept without use, and how many of them. */
  worlds?: WorldLimits
  /**
   * A file in which the state outlives the process, made where it is not there yet. Its seed then counts, whatever other is
   * given. Needs the package `lmdb`.
   */
  state?: string
}

/** A world as it is reached over HTTP. */
export interface ListeningWorld {
  /** `http://127.0.0.1:4420`, and for a named world `http://127.0.0.1:4420/~name` */
  readonly url: string
  /** The same as `mock.provider`, with URLs of this server. */
  provider(name?: string): EmbeddedProvider
  /** Every environment by name: the ready line. */
  providers(): Readonly<Record<string, PlayedProvider>>
}

/** A mock that is reachable over HTTP. */
export interface Listening extends ListeningWorld {
  /** What control calls must present, where they need it. */
  readonly controlToken?: string
  /**
   * The same for a named world; it is made when it is used.
   * @throws {MockOAuthError} `invalid_world`
   */
  world(name: string): ListeningWorld
}

/** The worlds that there are. */
export interface WorldDesk {
  /** The default one first. */
  list(): readonly WorldSummary[]
  /** Forgets a named world with all that is in it. Tells of faults that never fired. */
  remove(name: string): Promise<ResetReport>
  /** The faults that never fired, in every world; the default one counts where it was used or is alone. */
  unfired(): Unfired
  /** Calls back with each named world when it is made; returns the way to stop. */
  onMade(listener: (world: MockWorld) => void): () => void
}

/** One mock: its default world, and the ways to reach it. */
export interface MockOAuth extends MockWorld {
  /**
   * A world of its own beside the default one: own clients, people, clock, faults, seed and journal. Made when first asked
   * for, or first called over HTTP.
   * @throws {MockOAuthError} `invalid_world`, `too_many_worlds`
   */
  world(name: string): Promise<MockWorld>
  readonly worlds: WorldDesk
  /**
   * Goes on, in every world, as if it had been made from these options. Codes, tokens, sessions, journal and clock stay; what the options
   * before had registered and these leave out ends, and what came over the control API stays.
   * @throws {MockOAuthError} as `createMockOAuth` does; then nothing has changed
   */
  reconfigure(options: SetupOptions): Promise<void>
  listen(options?: ListenOptions): Promise<Listening>
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Makes a mock of one or more providers.
 * @throws {MockOAuthError} `unknown_provider`, `unknown_assumption`, `invalid_client`, `client_exists`, `invalid_user`,
 *   `invalid_option`, `invalid_duration`, `invalid_rotation`, `invalid_definition`, `invalid_fault`, `state_unavailable`
 */
export async function createMockOAuth(options: MockOAuthOptions = {}): Promise<MockOAuth> {
  await checkOwn(options.providers ?? [])
  const setup = setupOf(options)
  const limits = at('worlds', () => limitsOf(options.worlds, options.state !== undefined))
  const state = options.state === undefined ? undefined : await openStateFile(options.state)
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
  const tested = (world: World) => mockWorldOf(world, () => servers[0]?.addressesOf(world) ?? theirOwn)

  const close = async () => {
    worlds.close()
    await Promise.all(servers.splice(0).map((server) => server.close()))
    await state?.close()
  }
  return {
    ...tested(main),
    get seed() {
      return main.seed
    },
    world: async (name) => tested(await worlds.named(name)),
    worlds: {
      list: worlds.list,
      remove: worlds.remove,
      unfired: worlds.unfired,
      onMade: (listener) => worlds.onMade((world) => listener(tested(world))),
    },
    reconfigure: (next) =>
      worlds.reconfigure(async () => {
        await checkOwn(next.providers ?? [])
        return setupOf(next)
      }),
    async listen(where = {}) {
      const { listen } = await import('./server/listen.ts')
      const server = await listen(worlds, where)
      servers.push(server)
      const { url, controlToken } = server
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

const openStateFile = async (file: string) => (await import('./state/open-state.ts')).openState(file)
