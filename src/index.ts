/// <reference lib="esnext.disposable" preserve="true" />
import { type Addresses, theirOwn } from './control/addresses.ts'
import type { Answers } from './control/application-answers.ts'
import type { ApplicationInput, ApplicationState, HandedOver, ReviewInput } from './control/applications.ts'
import { type BrowserOutcome, type PersonInput, playBrowser } from './control/browser.ts'
import type { ClientInput } from './control/clients.ts'
import { type Desks, desksOf } from './control/desks.ts'
import { environmentOf } from './control/environments.ts'
import type { RotationInput, SigningKeys } from './control/keys.ts'
import { checkOwn } from './control/own.ts'
import { describe, type PlayedProvider } from './control/played.ts'
import { reconfigure } from './control/reconfigure.ts'
import { explainRequest } from './control/requests.ts'
import { type SetupOptions, setupOf } from './control/setup.ts'
import { type ClockInput, type ClockState, moveClock, readClock } from './control/time.ts'
import { type Minted, type MintInput, mintTokens } from './control/tokens.ts'
import type { UserInput } from './control/users.ts'
import type { WebhookFilter, WebhookTestInput } from './control/webhooks.ts'
import type { Explanation } from './engine/explain.ts'
import { serve } from './engine/serve.ts'
import { itself } from './engine/visit.ts'
import type { ListenOptions, Server } from './server/listen.ts'
import { outside } from './server/outside.ts'
import type { Client, Grant, Receiver, User } from './store/store.ts'
import type { Lifetimes } from './vocabulary/lifetimes.ts'
import { MockOAuthError } from './vocabulary/misuse.ts'
import type { HttpRequest, HttpResponse } from './vocabulary/wire.ts'
import type { Exchange, ExchangeFilter } from './world/journal.ts'
import type { ReceiverInput } from './world/receiver.ts'
import type { WebhookAttempt, WebhookEvent } from './world/webhook-event.ts'
import { type ConsentMode, createWorld, type DefaultClient } from './world/world.ts'

export type {
  ApplicationDesk,
  ClientDesk,
  Desks,
  GrantDesk,
  KeyDesk,
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
  Exchange,
  ExchangeFilter,
  Explanation,
  Grant,
  HandedOver,
  HttpRequest,
  HttpResponse,
  Lifetimes,
  ListenOptions,
  Minted,
  MintInput,
  PersonInput,
  PlayedProvider,
  Receiver,
  ReceiverInput,
  ReviewInput,
  RotationInput,
  SetupOptions,
  SigningKeys,
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
}

/** Endpoints of a provider, and the credentials of the client that it starts with. */
export interface EmbeddedProvider extends PlayedProvider {
  readonly client: Pick<PlayedProvider, 'clientId' | 'clientSecret' | 'redirectUris' | 'scopes'>
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

/** One world and its engine, without a port. */
export interface MockOAuth extends Desks {
  readonly seed: string
  /** Endpoints and credentials of a provider, with its own URLs; the only one when none is named. */
  provider(name?: string): EmbeddedProvider
  /** Answers a request to a provider's own URL. */
  handle(request: HttpRequest): Promise<HttpResponse>
  /** Plays the browser: opens an authorization URL, or the verification URL of a device, signs in, approves or denies. */
  authorize(url: string, person?: PersonInput): Promise<BrowserOutcome>
  /** Moves at once; the promise waits until every delivery that is due by then was attempted. */
  readonly clock: {
    read(): ClockState
    move(input: ClockInput): Promise<ClockState>
    advance(by: string): Promise<ClockState>
  }
  /** Mints a token pair without a browser. */
  mint(input?: MintInput): Promise<Minted>
  /** The journal, raw: tests compare octets. Redact before showing it to anyone. */
  requests(filter?: ExchangeFilter): readonly Exchange[]
  /** Calls back with each exchange, raw, from now on; returns the way to stop. */
  onExchange(listener: (exchange: Exchange) => void): () => void
  /** Why a request was refused; the last refused one when no id is given. No secret in it. */
  explain(id?: string): Explanation
  /** Back to the state just after the start, or to what the last `reconfigure` set up. */
  reset(): Promise<void>
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
 *   `invalid_option`, `invalid_duration`, `invalid_definition`
 */
export async function createMockOAuth(options: MockOAuthOptions = {}): Promise<MockOAuth> {
  await checkOwn(options.providers ?? [])
  const seed = options.seed ?? crypto.randomUUID()
  const world = await createWorld({
    ...setupOf(options),
    seed,
    realTime: Date.now,
    outside,
  })
  const providerAt = (addresses: Addresses, name?: string): EmbeddedProvider => {
    const environment = environmentOf(world, name)
    const described = describe(environment, world.defaultClient(environment), addresses.of(environment))
    const { clientId, clientSecret, redirectUris, scopes } = described
    return { ...described, client: { clientId, ...(clientSecret && { clientSecret }), redirectUris, scopes } }
  }
  const servers: Server[] = []
  let reconfigured = Promise.resolve()

  const close = async () => {
    world.outbox.close()
    await Promise.all(servers.splice(0).map((server) => server.close()))
  }
  return {
    seed,
    provider: (name) => providerAt(theirOwn, name),
    handle: (request) => serve(request, world, itself),
    authorize: (url, person) => playBrowser(world, servers[0]?.addresses ?? theirOwn, url, person),
    clock: {
      read: () => readClock(world),
      move: (input) => moveClock(world, input),
      advance: (by) => moveClock(world, { advance: by }),
    },
    ...desksOf(world),
    mint: (input = {}) => mintTokens(world, theirOwn, input),
    requests: (filter) => world.journal.list(filter),
    onExchange: (listener) => world.journal.subscribe(listener),
    explain: (id) => explainRequest(world, id),
    reset: () => world.reset(),
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
        provider: (name) => providerAt(addresses, name),
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
