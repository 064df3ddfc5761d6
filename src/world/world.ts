import { createMemoryStore } from '../store/memory.ts'
import type { Client, Store, User } from '../store/store.ts'
import type { Chance } from '../vocabulary/chance.ts'
import type { Environment } from '../vocabulary/environment.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'
import { isRenewing, type Rotations, rotationNameOf, withRotations } from '../vocabulary/override-rotation.ts'
import { checkFormats } from '../vocabulary/sound.ts'
import { createChance } from './chance.ts'
import { type Clock, createClock } from './clock.ts'
import { createFaults, type Faults } from './faults.ts'
import { createFeed, type Feed } from './feed.ts'
import { createJournal, type Journal } from './journal.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { newAccountId, seedPeople } from './people.ts'
import { type ReceiverInput, receiverOf } from './receiver.ts'
import { checkClient, usualGrantTypes } from './registration.ts'
import type { Outside } from './webhook-event.ts'

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
}

/** What a world is made from. */
export interface WorldOptions extends Setup {
  seed: string
  /** Reads real time in milliseconds. */
  realTime: () => number
  /** Sends webhooks; without it they are listed and nothing more. */
  outside?: Outside
}

/** One isolated state: clients, users, grants, tokens, clock, journal, seed. */
export interface World {
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
  /** Journal and outbox as they go on. */
  readonly feed: Feed
  /** Streams of chance, a separate one for each purpose, so that one does not shift another. */
  readonly chance: {
    readonly tokens: Chance
    readonly pages: Chance
    readonly ids: Chance
    readonly webhooks: Chance
    readonly headers: Chance
    readonly own: Chance
    readonly faults: Chance
  }
  /** The client that an environment starts with. */
  defaultClient(environment: Environment): Client
  /** What the next reset goes back to. */
  readonly setup: Setup
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
}

/**
 * Makes a world with one client in each environment.
 * @throws {MockOAuthError} `invalid_client`, `invalid_definition`
 */
export async function createWorld(options: WorldOptions): Promise<World> {
  const { realTime } = options
  let { seed } = options
  let setup: Setup = options
  let rotations: Rotations = new Map()
  let { environments } = setup
  const store = createMemoryStore()
  const clock = createClock(realTime, () => void store.sweep(clock.now()))
  const journal = createJournal()
  const outbox = createOutbox(clock, realTime, options.outside)
  const feed = createFeed(journal, outbox)
  const faults = createFaults(() => chance.faults)
  const streams = () => {
    const chance = createChance(seed)
    return {
      tokens: chance.fork('tokens'),
      pages: chance.fork('pages'),
      ids: chance.fork('ids'),
      own: chance.fork('own'),
      webhooks: chance.fork('webhooks'),
      headers: chance.fork('headers'),
      faults: chance.fork('faults'),
    }
  }
  let chance = streams()
  let seeding: Promise<void> | undefined

  const rotate = (next: Rotations) => {
    environments =
      next.size > 0 ? withRotations(setup.environments, next, () => 'set since the start') : setup.environments
    rotations = next
  }
  const seedUsers = async () => {
    for (const user of await peopleAtStart(setup, seed)) await store.putUser(user)
  }
  const registerClients = async () => {
    for (const client of clientsAtStart(setup)) await store.putClient(client)
  }
  await registerClients()

  return {
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
    get chance() {
      return chance
    },
    defaultClient: (environment) => defaultClient(environment, setup.client),
    get setup() {
      return setup
    },
    change(next) {
      clientsAtStart(next)
      setup = next
      // What was set for a provider that is gone, or that renews nothing any more, is gone too.
      const names = setup.environments.flatMap((one) =>
        isRenewing(one.rules) ? (rotationNameOf(rotations, one) ?? []) : [],
      )
      rotate(new Map([...rotations].filter(([name]) => names.includes(name))))
    },
    get rotations() {
      return rotations
    },
    setRotations: rotate,
    async people() {
      seeding ??= seedUsers()
      await seeding
      return store.listUsers()
    },
    async reset(next = seed) {
      seed = next
      faults.clear()
      outbox.clear()
      await store.clear()
      journal.clear()
      feed.clear()
      clock.restart()
      rotate(new Map())
      chance = streams()
      seeding = undefined
      await registerClients()
    },
  }
}

/**
 * The clients of a setup, each environment's own first.
 * @throws {MockOAuthError} `invalid_client`, `invalid_definition`
 */
export function clientsAtStart({ environments, client: given, clients = [] }: Setup): readonly Client[] {
  for (const { rules } of environments) checkFormats(rules, createChance('formats'))
  if (given?.webhooks && !environments.some(({ rules }) => rules.webhooks)) {
    const names = environments.map(({ name }) => name).join(', ')
    throw new MockOAuthError('invalid_client', `Nothing that is played sends webhooks: ${names}.`)
  }
  const defaults = environments.map((environment) => {
    const client = defaultClient(environment, given)
    checkClient(client, environment.rules)
    return client
  })
  return [...defaults, ...clients]
}

/** The people of a setup, the same ones for the same seed. */
export const peopleAtStart = async ({ people }: Setup, seed: string): Promise<readonly User[]> =>
  people ?? seedPeople(createChance(seed).fork('people'))

/** The same at every start: it depends neither on the world's seed nor on its time. */
function defaultClient({ key, provider, name, rules }: Environment, given: DefaultClient = {}): Client {
  const chance = createChance(`default client of ${key}`)
  const receiver =
    given.webhooks &&
    rules.webhooks &&
    receiverOf(given.webhooks, rules, { chance: createChance(`receiver of the default client of ${key}`), now: 0 })
  // Another environment has credentials of its own.
  const isMain = key === provider
  const id = (isMain && given.id) || rules.client.id.make({ chance, now: 0 })
  const ownerId = newAccountId(createChance(`owner of ${key}`))
  const redirectUris = given.redirectUris ?? ['http://localhost:3000/callback']
  return {
    environment: key,
    id,
    ownerId,
    secret: (isMain && given.secret) || rules.client.secret.make({ chance, now: 0, clientId: id, userId: ownerId }),
    name: given.name ?? `Example app for ${name}`,
    redirectUris,
    scopes: given.scopes ?? rules.client.defaultScopes,
    status: 'active',
    firstParty: false,
    grantTypes: usualGrantTypes(rules),
    ...(rules.openid?.logout && { postLogoutRedirectUris: given.postLogoutRedirectUris ?? homeOf(redirectUris) }),
    ...(receiver && { webhooks: receiver }),
  }
}

/** The first page of the client's site, for those that have one. */
function homeOf(redirectUris: readonly string[]): readonly string[] {
  const onTheWeb = redirectUris.find((uri) => /^https?:/i.test(uri) && URL.canParse(uri))
  return onTheWeb === undefined ? [] : [`${new URL(onTheWeb).origin}/`]
}
