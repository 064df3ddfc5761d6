/// <reference lib="esnext.disposable" preserve="true" />
import { theirOwn } from './control/addresses.ts'
import type { Answers } from './control/application-answers.ts'
import type { ApplicationInput, ApplicationState, HandedOver, ReviewInput } from './control/applications.ts'
import type { BrowserOutcome, PersonInput } from './control/browser.ts'
import type { ClientInput } from './control/clients.ts'
import type { FaultShown, ResetReport } from './control/faults.ts'
import type { RotationInput, SigningKeys } from './control/keys.ts'
import { type EmbeddedProvider, type MockWorld, mockWorldOf, providerAt } from './control/mock-world.ts'
import { openWorld } from './control/open-world.ts'
import { checkOwn } from './control/own.ts'
import { describe, type PlayedProvider } from './control/played.ts'
import { reconfigure } from './control/reconfigure.ts'
import type { RotationShown } from './control/rotations.ts'
import { type SetupOptions, setupOf } from './control/setup.ts'
import type { Snapshot, SnapshotOptions } from './control/snapshot.ts'
import type { ClockInput, ClockState } from './control/time.ts'
import type { Minted, MintInput } from './control/tokens.ts'
import type { UserInput } from './control/users.ts'
import type { WebhookFilter, WebhookTestInput } from './control/webhooks.ts'
import type { Explanation } from './engine/explain.ts'
import type { ListenOptions, Server } from './server/listen.ts'
import { outside } from './server/outside.ts'
import type { Client, Grant, Receiver, User } from './store/store.ts'
import type { Fault } from './vocabulary/fault.ts'
import type { Lifetimes } from './vocabulary/lifetimes.ts'
import { MockOAuthError } from './vocabulary/misuse.ts'
import type { RotationPolicy } from './vocabulary/rotation.ts'
import type { Delivery, HttpRequest, HttpResponse } from './vocabulary/wire.ts'
import type { Exchange, ExchangeFilter, FaultAct } from './world/journal.ts'
import type { ReceiverInput } from './world/receiver.ts'
import type { WebhookAttempt, WebhookEvent } from './world/webhook-event.ts'
import type { ConsentMode, DefaultClient } from './world/world.ts'

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
  Explanation,
  Fault,
  FaultAct,
  FaultShown,
  Grant,
  HandedOver,
  HttpRequest,
  HttpResponse,
  Lifetimes,
  ListenOptions,
  Minted,
  MintInput,
  MockWorld,
  PersonInput,
  PlayedProvider,
  Receiver,
  ReceiverInput,
  ResetReport,
  ReviewInput,
  RotationInput,
  RotationPolicy,
  RotationShown,
  SetupOptions,
  SigningKeys,
  Snapshot,
  SnapshotOptions,
  User,
  UserInput,
  WebhookAttempt,
  WebhookEvent,
  WebhookFilter,
  WebhookTestInput,
}
export { MockOAuthError }

/** What a mock is made from. */
export interface MockOAuthOptions extends SetupOptions {
  /** The same seed and the same requests give the same bytes. Default: random. */
  seed?: string
  /**
   * A file in which the state outlives the process, made where it is not there yet. Its seed then counts, whatever other is
   * given. Needs the package `lmdb`.
   */
  state?: string
}

/** A mock that is reachable over HTTP. */
export interface Listening {
  /** `http://127.0.0.1:4420` */
  readonly url: string
  /** What control calls must present, where they need it. */
  readonly controlToken?: string
  /** The same as `mock.provider`, with URLs of this server. */
  provider(name?: string): EmbeddedProvider
  /** Every environment by name: the ready line. */
  providers(): Readonly<Record<string, PlayedProvider>>
}

/** One mock: its default world, and the ways to reach it. */
export interface MockOAuth extends MockWorld {
  /**
   * Goes on as if it had been made from these options. Codes, tokens, sessions, journal and clock stay; what the options
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
 *   `invalid_option`, `invalid_duration`, `invalid_rotation`, `invalid_definition`,
 *   `state_unavailable`
 */
export async function createMockOAuth(options: MockOAuthOptions = {}): Promise<MockOAuth> {
  await checkOwn(options.providers ?? [])
  const setup = setupOf(options)
  const seed = options.seed ?? crypto.randomUUID()
  const state = options.state === undefined ? undefined : await openStateFile(options.state)
  const ledger = state?.ledgerOf('default')
  const world = await openWorld({ ...setup, seed, realTime: Date.now, outside, ledger }).catch(async (error) => {
    await state?.close()
    throw error
  })
  const servers: Server[] = []
  let reconfigured = Promise.resolve()

  const close = async () => {
    world.outbox.close()
    await Promise.all(servers.splice(0).map((server) => server.close()))
    await state?.close()
  }
  return {
    ...mockWorldOf(world, () => servers[0]?.addresses ?? theirOwn),
    get seed() {
      return world.seed
    },
    reconfigure(next) {
      // One after another: each takes away what the one before it registered.
      const done = reconfigured.then(async () => {
        await checkOwn(next.providers ?? [])
        await reconfigure(world, setupOf(next))
      })
      reconfigured = done.catch(() => undefined)
      return done
    },
    async listen(at = {}) {
      const { listen } = await import('./server/listen.ts')
      const server = await listen(world, at)
      servers.push(server)
      const { url, addresses, controlToken } = server
      return {
        url,
        ...(controlToken === undefined ? {} : { controlToken }),
        provider: (name) => providerAt(world, addresses, name),
        providers: () =>
          Object.fromEntries(
            world.environments.map((one) => [one.key, describe(one, world.defaultClient(one), addresses.of(one))]),
          ),
      }
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

const openStateFile = async (file: string) => (await import('./state/open-state.ts')).openState(file)
