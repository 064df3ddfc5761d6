import type { Explanation } from '../engine/explain.ts'
import { serve } from '../engine/serve.ts'
import { itself } from '../engine/visit.ts'
import type { HttpRequest, HttpResponse } from '../vocabulary/wire.ts'
import type { Exchange, ExchangeFilter } from '../world/journal.ts'
import type { World } from '../world/world.ts'
import { type Addresses, theirOwn } from './addresses.ts'
import { type BrowserOutcome, type PersonInput, playBrowser } from './browser.ts'
import { type Desks, desksOf } from './desks.ts'
import { environmentOf } from './environments.ts'
import { type ResetReport, resetWorld } from './faults.ts'
import { type Inside, inside } from './inside.ts'
import { keeping } from './keeping.ts'
import { describe, evidenceIn, type PlayedProvider, type ProviderEvidence } from './played.ts'
import { explainRequest } from './requests.ts'
import { restoreSnapshot, type Snapshot, type SnapshotOptions, takeSnapshot } from './snapshot.ts'
import { type ClockInput, type ClockState, moveClock, readClock } from './time.ts'
import { type Minted, type MintInput, mintTokens } from './tokens.ts'

/** Endpoints of a provider, and the credentials of the client that it starts with. */
export interface EmbeddedProvider extends PlayedProvider {
  readonly client: Pick<PlayedProvider, 'clientId' | 'clientSecret' | 'redirectUris' | 'scopes'>
}

/** One world: everything that a test may ask of it, without a port. */
export interface MockWorld extends Desks {
  /** For the doors of this package. */
  readonly [inside]: Inside
  /** `default` where none was named. */
  readonly name: string
  readonly seed: string
  /** Endpoints and credentials of a provider, with its own URLs; the only one when none is named. */
  provider(name?: string): EmbeddedProvider
  /** The same of every environment, by its key. */
  providers(): Readonly<Record<string, EmbeddedProvider>>
  /** How each value of a provider is known. */
  evidence(name?: string): ProviderEvidence
  /**
   * Answers a request to a provider's own URL. Nothing happens to the answer on its way here: what a fault would do to it
   * (reset, cut off, slow …) stands in its `delivery`, for the caller to do.
   */
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
  /** Why a request was refused, and what was done to it on purpose; the last one that was refused or struck when no id is given. No secret in it. */
  explain(id?: string): Explanation
  /**
   * Back to the state just after the start, or to what the last `reconfigure` set up. Tells of faults that never fired.
   * @param seed in place of the world's
   */
  reset(seed?: string): Promise<ResetReport>
  /** All of it at this moment, as one JSON document. Tokens and secrets are in it, or nothing could be restored. */
  snapshot(options?: SnapshotOptions): Promise<Snapshot>
  /**
   * Goes back to a snapshot; the same requests then bring the same answers as after the moment when it was taken.
   * @throws {MockOAuthError} `invalid_snapshot`; then nothing has changed
   */
  restore(snapshot: Snapshot): Promise<void>
}

/** A provider's endpoints by an address, and its client. */
export function providerAt(world: World, addresses: Addresses, name?: string): EmbeddedProvider {
  const environment = environmentOf(world, name)
  const described = describe(environment, world.defaultClient(environment), addresses.of(environment))
  const { clientId, clientSecret, redirectUris, scopes } = described
  return { ...described, client: { clientId, ...(clientSecret && { clientSecret }), redirectUris, scopes } }
}

/**
 * What a test may ask of a world.
 * @param addresses by which a browser may come
 */
export const mockWorldOf = (world: World, addresses: () => Addresses, itsInside: Inside): MockWorld =>
  Object.assign(keeping(world, askedOf(world, addresses)), { [inside]: itsInside })

const askedOf = (world: World, addresses: () => Addresses): Omit<MockWorld, typeof inside> => ({
  name: world.name,
  get seed() {
    return world.seed
  },
  provider: (name) => providerAt(world, theirOwn, name),
  providers: () => Object.fromEntries(world.environments.map(({ key }) => [key, providerAt(world, theirOwn, key)])),
  evidence: (name) => evidenceIn(environmentOf(world, name)),
  handle: (request) => serve(request, world, itself),
  authorize: (url, person) => playBrowser(world, addresses(), url, person),
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
  reset: (seed) => resetWorld(world, seed),
  snapshot: async (options) => takeSnapshot(world, options),
  restore: (snapshot) => restoreSnapshot(world, snapshot),
})
