/// <reference lib="esnext.disposable" preserve="true" />
import { type Addresses, theirOwn } from './control/addresses.ts'
import type { Answers } from './control/answers.ts'
import {
  type ApplicationInput,
  type ApplicationState,
  completeApplication,
  findApplication,
  type HandedOver,
  listApplications,
  type ReviewInput,
  reviewApplication,
  setUpApplication,
  submitApplication,
} from './control/applications.ts'
import { type BrowserOutcome, type PersonInput, playBrowser } from './control/browser.ts'
import { type ClientInput, findClient, registerClient, removeClient, updateClient } from './control/clients.ts'
import { environmentOf } from './control/environments.ts'
import { listGrants, type Revoker, revokeGrant } from './control/grants.ts'
import { playable } from './control/playable.ts'
import { describe, type PlayedProvider } from './control/played.ts'
import { explainRequest } from './control/requests.ts'
import { type ClockInput, type ClockState, moveClock, readClock } from './control/time.ts'
import { type Minted, type MintInput, mintTokens } from './control/tokens.ts'
import { listUsers, registerUser, removeUser, type UserInput, updateUser } from './control/users.ts'
import { listWebhooks, redeliver, sendTest, type WebhookFilter, type WebhookTestInput } from './control/webhooks.ts'
import type { Explanation } from './engine/explain.ts'
import { redactAttempt, redactWebhook } from './engine/redact-webhook.ts'
import { serve } from './engine/serve.ts'
import { itself } from './engine/visit.ts'
import type { ListenOptions, Server } from './server/listen.ts'
import { outside } from './server/outside.ts'
import type { Client, Grant, Receiver, User } from './store/store.ts'
import { MockOAuthError } from './vocabulary/misuse.ts'
import type { HttpRequest, HttpResponse } from './vocabulary/wire.ts'
import type { Exchange, ExchangeFilter } from './world/journal.ts'
import type { ReceiverInput } from './world/receiver.ts'
import type { WebhookAttempt, WebhookEvent } from './world/webhook-event.ts'
import { type ConsentMode, createWorld, type DefaultClient } from './world/world.ts'

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
  ListenOptions,
  Minted,
  MintInput,
  PersonInput,
  PlayedProvider,
  Receiver,
  ReceiverInput,
  ReviewInput,
  User,
  UserInput,
  WebhookAttempt,
  WebhookEvent,
  WebhookFilter,
  WebhookTestInput,
}
export { MockOAuthError }

/** What a mock is made from. */
export interface MockOAuthOptions {
  /** Names of providers: `['mekari']`. Default: all. */
  providers?: readonly string[]
  /** The same seed and the same requests give the same bytes. Default: random. */
  seed?: string
  /** What happens at the authorization endpoint without a person. Default: `page`. */
  consent?: ConsentMode
  /** The client that exists at the start. */
  client?: DefaultClient
  /** Other plausible behaviours: `{ 'mekari.errors': 'kong' }`. */
  assume?: Readonly<Record<string, string>>
}

/** The people with an account, to look at and change. */
export interface UserDesk {
  list(): Promise<readonly User[]>
  add(input: UserInput): Promise<User>
  change(idOrEmail: string, changes: UserInput): Promise<User>
  remove(idOrEmail: string): Promise<void>
}

/** Requesting access, for providers whose credentials are applied for. */
export interface ApplicationDesk {
  list(): Promise<readonly ApplicationState[]>
  find(id: string): Promise<ApplicationState>
  submit(input: ApplicationInput): Promise<ApplicationState>
  /** Tells more, after a reviewer asked. */
  complete(id: string, answers: Answers): Promise<ApplicationState>
  review(id: string, review: ReviewInput): Promise<ApplicationState>
  /** Takes the technical set-up and hands the credentials over, unencrypted. */
  setUp(id: string, answers: Answers): Promise<HandedOver>
}

/** The registered clients, to look at and change. */
export interface ClientDesk {
  list(): Promise<readonly Client[]>
  find(id: string, provider?: string): Promise<Client>
  register(input: ClientInput): Promise<Client>
  change(id: string, changes: ClientInput): Promise<Client>
  remove(id: string, provider?: string): Promise<void>
}

/** What clients are told of their grants. No secret in it. */
export interface WebhookDesk {
  list(filter?: WebhookFilter): readonly WebhookEvent[]
  /** Sends a test, as the provider's own button does. */
  test(input?: WebhookTestInput): Promise<WebhookEvent>
  redeliver(id: string): Promise<WebhookEvent>
  /** Waits until no attempt is under way and none is due. */
  settled(): Promise<void>
  /** Calls back with each change of an event, and with the attempt that has just ended, if one has; returns the way to stop. */
  onChange(listener: (event: WebhookEvent, ended: WebhookAttempt | undefined) => void): () => void
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
export interface MockOAuth {
  readonly seed: string
  /** Endpoints and credentials of a provider, with its own URLs; the only one when none is named. */
  provider(name?: string): EmbeddedProvider
  /** Answers a request to a provider's own URL. */
  handle(request: HttpRequest): Promise<HttpResponse>
  /** Plays the browser: opens an authorization URL, signs in, approves or denies. */
  authorize(url: string, person?: PersonInput): Promise<BrowserOutcome>
  /** Moves at once; the promise waits until every delivery that is due by then was attempted. */
  readonly clock: {
    read(): ClockState
    move(input: ClockInput): Promise<ClockState>
    advance(by: string): Promise<ClockState>
  }
  readonly users: UserDesk
  readonly clients: ClientDesk
  readonly applications: ApplicationDesk
  readonly grants: {
    list(): Promise<readonly Grant[]>
    revoke(id: string, by?: Revoker): Promise<Grant>
  }
  readonly webhooks: WebhookDesk
  /** Mints a token pair without a browser. */
  mint(input?: MintInput): Promise<Minted>
  /** The journal, raw: tests compare octets. Redact before showing it to anyone. */
  requests(filter?: ExchangeFilter): readonly Exchange[]
  /** Calls back with each exchange, raw, from now on; returns the way to stop. */
  onExchange(listener: (exchange: Exchange) => void): () => void
  /** Why a request was refused; the last refused one when no id is given. No secret in it. */
  explain(id?: string): Explanation
  reset(): Promise<void>
  listen(options?: ListenOptions): Promise<Listening>
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Makes a mock of one or more providers.
 * @throws {MockOAuthError} `unknown_provider`, `unknown_assumption`, `invalid_client`
 */
export async function createMockOAuth(options: MockOAuthOptions = {}): Promise<MockOAuth> {
  const environments = playable(options.providers ?? [], options.assume)
  const seed = options.seed ?? crypto.randomUUID()
  const world = await createWorld({
    environments,
    seed,
    realTime: Date.now,
    outside,
    ...(options.consent ? { consent: options.consent } : {}),
    ...(options.client ? { client: options.client } : {}),
  })
  const providerAt = (addresses: Addresses, name?: string): EmbeddedProvider => {
    const environment = environmentOf(world, name)
    const described = describe(environment, world.defaultClient(environment), addresses.of(environment))
    const { clientId, clientSecret, redirectUris, scopes } = described
    return { ...described, client: { clientId, ...(clientSecret && { clientSecret }), redirectUris, scopes } }
  }
  const servers: Server[] = []

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
    users: {
      list: () => listUsers(world),
      add: (input) => registerUser(world, input),
      change: (idOrEmail, changes) => updateUser(world, idOrEmail, changes),
      remove: (idOrEmail) => removeUser(world, idOrEmail),
    },
    clients: {
      list: () => world.store.listClients(),
      find: (id, provider) => findClient(world, id, provider),
      register: (input) => registerClient(world, input),
      change: (id, changes) => updateClient(world, id, changes),
      remove: (id, provider) => removeClient(world, id, provider),
    },
    applications: {
      list: () => listApplications(world),
      find: (id) => findApplication(world, id),
      submit: (input) => submitApplication(world, input),
      complete: (id, answers) => completeApplication(world, id, answers),
      review: (id, review) => reviewApplication(world, id, review),
      setUp: (id, answers) => setUpApplication(world, id, answers),
    },
    grants: {
      list: () => listGrants(world),
      revoke: (id, by = 'provider') => revokeGrant(world, id, by),
    },
    webhooks: {
      list: (filter) => listWebhooks(world, filter),
      test: (input) => sendTest(world, input),
      redeliver: (id) => redeliver(world, id),
      settled: () => world.outbox.settled(),
      onChange: (listener) =>
        world.outbox.subscribe((event, ended) => listener(redactWebhook(event), ended && redactAttempt(ended))),
    },
    mint: (input = {}) => mintTokens(world, theirOwn, input),
    requests: (filter) => world.journal.list(filter),
    onExchange: (listener) => world.journal.subscribe(listener),
    explain: (id) => explainRequest(world, id),
    reset: () => world.reset(),
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
            environments.map((one) => [one.key, describe(one, world.defaultClient(one), addresses.of(one))]),
          ),
      }
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}
