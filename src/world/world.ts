import type { Ledger } from '../store/ledger.ts'
import { createMemoryStore } from '../store/memory.ts'
import type { Client, Store, User } from '../store/store.ts'
import type { Environment } from '../vocabulary/environment.ts'
import { type Fault, momentOf } from '../vocabulary/fault.ts'
import { isRenewing, type Rotations, rotationNameOf, withRotations } from '../vocabulary/override-rotation.ts'
import { clientsAtStart, defaultClient, peopleAtStart } from './at-start.ts'
import { type Clock, createClock } from './clock.ts'
import { createFaults, type Faults } from './faults.ts'
import { createFeed, type Feed } from './feed.ts'
import { createHolds, type Holds } from './holds.ts'
import { createJournal, type Journal } from './journal.ts'
import { keepIn, keptIn, sendingWhatIsKept } from './keeping.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import type { ReceiverInput } from './receiver.ts'
import { createStreams, dumpStreams, loadStreams, type Streams } from './streams.ts'
import type { Outside } from './webhook-event.ts'
import type { AtStart, KeptState, WorldState } from './world-state.ts'

/** The name of the world where none is named. */
export const defaultName = 'default'

/** What an authorization endpoint does where a person would decide. */
export type ConsentMode = 'page' | 'approve' | 'deny'

/** The client that a world starts with; whatever is left out is the provider's usual. Id and secret are for production. */
export interface DefaultClient {
  id?: string
  secret?: string
  name?: string
  redirectUris?: readonly string[]
  scopes?: readonly string[]
  /** Where a browser that signed out may be sent, at each provider that has logout. */
  postLogoutRedirectUris?: readonly string[]
  /** Its receiver, at each provider that sends webhooks. */
  webhooks?: ReceiverInput
}

/** What a world is set up with at its start and after each reset. It may change while the world goes on. */
export interface Setup {
  environments: readonly Environment[]
  consent?: ConsentMode
  client?: DefaultClient
  /** Registered besides the client that each environment starts with. */
  clients?: readonly Client[]
  /** The people with an account; three are made up when left out. */
  people?: readonly User[]
  /** Armed from the start; each has been found possible. */
  faults?: readonly Fault[]
}

/** What a world is made from. */
export interface WorldOptions extends Setup {
  /** Default: `default`, which is where no world is named. */
  name?: string
  seed: string
  /** Reads real time in milliseconds. */
  realTime: () => number
  /** Sends webhooks; without it they are listed and nothing more. */
  outside?: Outside
  /** Where its state outlives the process; without it, it ends with the process. */
  ledger?: Ledger | undefined
}

/** One isolated state: clients, users, grants, tokens, clock, journal, seed. */
export interface World {
  /** `default` where no world is named. */
  readonly name: string
  readonly environments: readonly Environment[]
  readonly seed: string
  readonly consent: ConsentMode
  readonly clock: Clock
  readonly store: Store
  readonly journal: Journal
  /** What clients are told. */
  readonly outbox: Outbox
  /** What goes wrong on purpose. */
  readonly faults: Faults
  /** Requests that wait on purpose. */
  readonly holds: Holds
  /** Journal and outbox as they go on. */
  readonly feed: Feed
  /** Streams of chance, a separate one for each purpose, so that one does not shift another. */
  readonly chance: Streams
  /** The client that an environment starts with. */
  defaultClient(environment: Environment): Client
  /** What the next reset goes back to. */
  readonly setup: Setup
  /** What was registered for it. */
  readonly atStart: AtStart
  /**
   * Goes on with another setup; registers nobody.
   * @throws {MockOAuthError} `invalid_client`, `invalid_definition`
   */
  change(setup: Setup): void
  /** Rotation policies set while it goes on, in place of the setup's. A reset forgets them. */
  readonly rotations: Rotations
  /**
   * Puts others in their place. Tokens obey them from now on; what is dead stays dead.
   * @throws {MockOAuthError} `invalid_rotation`, `invalid_option`
   */
  setRotations(rotations: Rotations): void
  /** The people with an account, seeded when first asked for. */
  people(): Promise<readonly User[]>
  /** Back to the state just after the start: same default clients, real time, and the same seed unless another is given. */
  reset(seed?: string): Promise<void>
  /** All of it as plain data, but for how it is set up. */
  dump(): WorldState
  /**
   * Goes on from what was dumped, at once.
   * @param revive makes a webhook's letter again
   */
  load(state: WorldState, revive: Revive): void
  /** What another process had kept, where this one goes on with that; its webhooks wait to be loaded. */
  readonly found: KeptState | undefined
  /** Keeps all that was done so far; there where something outlives the process. */
  readonly keep: (() => void) | undefined
  /** Ends it for good: nothing is sent, nobody waits, and nothing is kept of it. */
  end(): void
}

type Revive = Parameters<Outbox['load']>[1]

/**
 * Makes a world with one client in each environment.
 * @throws {MockOAuthError} `invalid_client`, `invalid_definition`
 */
export async function createWorld(options: WorldOptions): Promise<World> {
  const { realTime, ledger, outside } = options
  const found = ledger && keptIn(ledger)
  let run = found ? found.run + 1 : 0
  let seed = found?.seed ?? options.seed
  let setup: Setup = options
  let rotations: Rotations = new Map()
  let atStart: AtStart = found?.atStart ?? { clients: clientsAtStart(setup), people: setup.people }
  let { environments } = setup
  const store = createMemoryStore(undefined, ledger !== undefined)
  const clock = createClock(realTime, () => void store.sweep(clock.now()))
  const journal = createJournal()
  const outbox = createOutbox(clock, realTime, outside && sendingWhatIsKept(outside, () => keep?.()))
  const feed = createFeed(journal, outbox)
  const faults = createFaults(() => chance.faults)
  const holds = createHolds(options.outside?.alarm, faults.opened)
  let chance = createStreams(seed, run)
  let seeding: Promise<void> | undefined
  /** Another one each time that all is forgotten: making people takes a while, and the world has others by then. */
  let beginning = {}

  const rotate = (next: Rotations) => {
    environments =
      next.size > 0 ? withRotations(setup.environments, next, () => 'set since the start') : setup.environments
    rotations = new Map(next)
  }
  const seedUsers = async (begun: object) => {
    const made = await peopleAtStart(setup, seed)
    if (begun === beginning) for (const user of made) await store.putUser(user)
  }
  const registerClients = async () => {
    for (const client of atStart.clients) await store.putClient(client)
  }
  let armedAtStart: readonly string[] = []
  const armAtStart = () => {
    armedAtStart = (setup.faults ?? []).map((fault) => faults.arm(fault, momentOf(fault)).id)
  }
  /** What was set for a provider that is gone, or that renews nothing any more, is gone too. */
  const meant = (set: Rotations): Rotations => {
    const names = setup.environments.flatMap((one) => (isRenewing(one.rules) ? (rotationNameOf(set, one) ?? []) : []))
    return new Map([...set].filter(([name]) => names.includes(name)))
  }
  const readPosition = (state: Pick<WorldState, 'clock' | 'peopled' | 'rotations'>) => {
    rotate(meant(new Map(Object.entries(state.rotations))))
    clock.load(state.clock)
    seeding = state.peopled ? Promise.resolve() : undefined
  }
  const forget = () => {
    beginning = {}
    faults.clear()
    holds.clear()
    outbox.clear()
    feed.clear()
  }
  const position = () => ({
    seed,
    clock: clock.dump(),
    peopled: seeding !== undefined,
    rotations: Object.fromEntries(rotations),
  })
  let isOver = false
  const keepAll = ledger && keepIn(ledger, { store, outbox, journal }, () => ({ ...position(), run, atStart }))
  const keep =
    keepAll &&
    (() => {
      if (!isOver) keepAll()
    })
  if (found) {
    readPosition(found)
    store.load(found.store)
    journal.load({ taken: found.takenIds, exchanges: [] })
    // What is kept already is no change.
    store.takeChanges()
  } else await registerClients()
  armAtStart()

  return {
    name: options.name ?? defaultName,
    get environments() {
      return environments
    },
    get seed() {
      return seed
    },
    get consent() {
      return setup.consent ?? 'page'
    },
    clock,
    store,
    journal,
    outbox,
    feed,
    faults,
    holds,
    get chance() {
      return chance
    },
    defaultClient: (environment) => defaultClient(environment, setup.client),
    get setup() {
      return setup
    },
    get atStart() {
      return atStart
    },
    change(next) {
      const isSame = JSON.stringify(next.faults ?? []) === JSON.stringify(setup.faults ?? [])
      const clients = clientsAtStart(next)
      atStart = { clients, people: next.people }
      setup = next
      rotate(meant(rotations))
      if (isSame) return
      for (const id of armedAtStart) {
        faults.remove(id)
        holds.remove(id)
        outbox.release(id)
      }
      armAtStart()
    },
    get rotations() {
      return rotations
    },
    setRotations: rotate,
    async people() {
      for (let begun: object | undefined; begun !== beginning; ) {
        begun = beginning
        seeding ??= seedUsers(begun)
        await seeding
      }
      return store.listUsers()
    },
    async reset(next = seed) {
      seed = next
      forget()
      await store.clear()
      journal.clear()
      clock.restart()
      rotate(new Map())
      chance = createStreams(seed)
      seeding = undefined
      await registerClients()
      armAtStart()
    },
    dump: () => ({
      ...position(),
      run,
      chance: dumpStreams(chance),
      store: store.dump(),
      journal: journal.dump(),
      webhooks: outbox.dump(),
      faults: faults.dump(),
    }),
    load(state, revive) {
      readPosition(state)
      forget()
      seed = state.seed
      // What is drawn on from there is drawn by that run, and no later run of this world draws it again.
      run = state.run
      chance = loadStreams(seed, run, state.chance)
      store.load(state.store)
      journal.load(state.journal)
      faults.load(state.faults)
      outbox.load(state.webhooks, revive)
    },
    found,
    keep,
    end() {
      outbox.close()
      holds.close()
      isOver = true
      ledger?.write([], true)
    },
  }
}
