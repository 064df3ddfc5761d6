import type { ResetReport } from '../control/faults.ts'
import type { EmbeddedProvider, MockWorld } from '../control/mock-world.ts'
import type { PlayedProvider } from '../control/played.ts'
import type { SetupOptions } from '../control/setup.ts'
import type { WorldLimits } from '../control/world-limits.ts'
import type { Unfired, WorldSummary } from '../control/worlds.ts'
import type { ListenOptions } from '../server/listen.ts'

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
  /** The certificate, as PEM, that clients have to trust where it speaks HTTPS. */
  readonly ca?: string
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
   * @throws {MockOAuthError} `invalid_world`, `too_many_worlds`, `closed`
   */
  world(name: string): Promise<MockWorld>
  readonly worlds: WorldDesk
  /**
   * Goes on, in every world, as if it had been made from these options. Codes, tokens, sessions, journal and clock stay; what the options
   * before had registered and these leave out ends, and what came over the control API stays.
   * @throws {MockOAuthError} as `createMockOAuth` does; then nothing has changed
   */
  reconfigure(options: SetupOptions): Promise<void>
  /** @throws {MockOAuthError} `port_in_use`, `address_unavailable`, `closed` */
  listen(options?: ListenOptions): Promise<Listening>
  /**
   * Stops listening, delivering and waiting, and lets go of the state file; once, however often it is called. What the mock
   * has seen can still be read. What would listen, make a world or be kept in the file throws `closed`.
   */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}
