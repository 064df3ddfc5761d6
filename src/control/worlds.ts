import type { Milliseconds } from '../vocabulary/duration.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'
import { defaultName, type Setup, type World } from '../world/world.ts'
import { type FaultShown, type ResetReport, resetWorld, unfiredFaults } from './faults.ts'
import { prepareReconfigure } from './reconfigure.ts'
import { checkWorldName } from './world-name.ts'

/** Makes a world of a name; each from the setup that holds by then, and with a seed of its own. */
export type MakeWorld = (name: string, seed: string, setup: Setup) => Promise<World>

/** What worlds begin with, and how many of them are kept for how long. */
export interface WorldsOptions {
  setup: Setup
  /** Of the default world; that of a named one follows from it and the name. */
  seed: string
  /** The worlds that another process has kept: they are there from the start. */
  kept?: readonly string[]
  /** Reads real time in milliseconds. */
  realTime: () => number
  /** How long a named world is kept without use, in real milliseconds. */
  idle: Milliseconds
  /** How many named worlds are kept. */
  limit: number
}

/** A world as it is listed. */
export interface WorldSummary {
  readonly name: string
  readonly seed: string
  /** How many requests came since it was made. */
  readonly requests: number
  /** Real time, ISO 8601. */
  readonly lastUse: string
}

/** Faults that never fired: those that still could, each with the name of its world, and how many were forgotten before. */
export interface Unfired {
  readonly faults: readonly (FaultShown & { readonly world: string })[]
  /** By a reset, or with their world. */
  readonly forgotten: number
}

/** The worlds of a process: the default one, and named ones that are made on first use and know nothing of each other. */
export interface Worlds {
  /** The one where none is named. */
  readonly main: World
  /** Whether there is no other. */
  readonly alone: boolean
  /**
   * The world of a name; made where there is none yet, or where the one before was unused for too long.
   * @throws {MockOAuthError} `invalid_world`, `too_many_worlds`
   */
  named(name: string): Promise<World>
  /** The named ones that there are now. */
  others(): readonly World[]
  /** The default one first, then by name. */
  list(): readonly WorldSummary[]
  /** Keeps a world while something in it goes on; returns the way to let it go, once. */
  hold(world: World): () => void
  /** Calls back when a world is gone; returns the way to stop. */
  whenGone(world: World, listener: () => void): () => void
  /** Calls back with each named world when it is made; returns the way to stop. */
  onMade(listener: (world: World) => void): () => void
  /**
   * Forgets a world with all that is in it. Tells of faults that never fired.
   * @throws {MockOAuthError} `unknown_world`, `invalid_world` for the default one
   */
  remove(name: string): Promise<ResetReport>
  /** Forgets the worlds that were unused for too long. */
  sweep(): void
  /** The faults that never fired, in every world; the default one counts where it was used or is alone. */
  unfired(): Unfired
  /**
   * Goes on with another setup, in every world, once it is this one's turn.
   * @throws {MockOAuthError} as `prepareReconfigure` does; then nothing has changed
   */
  reconfigure(bring: () => Promise<Setup>): Promise<void>
  /** Sends nothing any more, from any world, and lets nobody wait. */
  close(): void
}

/** A world, and what is known of its use. */
interface Entry {
  readonly making: Promise<World>
  /** Whether it is being made by now, and no longer waits for the setup to change. */
  begun: boolean
  world?: World
  usedAt: number
  requests: number
  /** How many hold it. */
  held: number
  readonly mourners: Set<() => void>
}

/** Makes the default world. */
export async function createWorlds(make: MakeWorld, options: WorldsOptions): Promise<Worlds> {
  const { setup, seed, kept = [], realTime, idle, limit } = options
  // In the order of their last use.
  const entries = new Map<string, Entry>()
  /** By name, the worlds that are being forgotten: another of that name begins when the one before is gone. */
  const leaving = new Map<string, Promise<unknown>>()
  const listeners = new Set<(world: World) => void>()
  /** Those that another process has kept and nobody has used since: no fault was meant for them. */
  const asKept = new Set<Entry>()
  let forgotten = 0
  let changing: Promise<void> = Promise.resolve()

  const home = begin(make(defaultName, seed, setup))
  const main = await home.making
  // What another process has kept counts, whatever seed is given now.
  const firstSeed = main.seed

  function begin(made: Promise<World>): Entry {
    const making = made.then((world) => {
      entry.world = world
      world.journal.subscribe(() => {
        entry.requests++
        use(world.name, entry)
      })
      return world
    })
    const entry: Entry = { making, begun: false, usedAt: realTime(), requests: 0, held: 0, mourners: new Set() }
    return entry
  }

  function use(name: string, entry: Entry): void {
    asKept.delete(entry)
    entry.usedAt = realTime()
    if (entries.get(name) !== entry) return
    entries.delete(name)
    entries.set(name, entry)
  }

  const isOver = (entry: Entry) =>
    realTime() - entry.usedAt >= idle && entry.held === 0 && entry.world !== undefined && !isBusy(entry.world, idle)

  function makeNamed(name: string): Entry {
    const made = Promise.all([changing, leaving.get(name)]).then(() => {
      entry.begun = true
      return make(name, `${firstSeed}/~${name}`, main.setup)
    })
    const entry = begin(made)
    entries.set(name, entry)
    entry.making.then(
      (world) => {
        for (const listener of listeners) listener(world)
      },
      () => entries.delete(name),
    )
    return entry
  }

  async function forget(name: string, entry: Entry): Promise<ResetReport> {
    entries.delete(name)
    const gone = end(entry)
    const left = gone.catch(() => undefined)
    leaving.set(name, left)
    return gone.finally(() => {
      if (leaving.get(name) === left) leaving.delete(name)
    })
  }

  async function end(entry: Entry): Promise<ResetReport> {
    const world = await entry.making
    for (const listener of [...entry.mourners]) listener()
    const report = await resetWorld(world)
    forgotten += world.faults.missed
    world.end()
    return report
  }

  function sweep(): void {
    for (const [name, entry] of entries) {
      if (realTime() - entry.usedAt < idle) return
      if (isOver(entry)) void forget(name, entry)
    }
  }

  async function change(next: Setup): Promise<void> {
    await Promise.allSettled([...entries.values()].flatMap(({ begun, making }) => (begun ? [making] : [])))
    const steps: (() => Promise<void>)[] = []
    for (const { world } of [home, ...entries.values()]) if (world) steps.push(await prepareReconfigure(world, next))
    for (const step of steps) await step()
  }

  for (const name of kept) {
    if (name === defaultName) continue
    const entry = makeNamed(name)
    await entry.making
    asKept.add(entry)
  }

  const entryOf = ({ name }: World) => (name === defaultName ? home : entries.get(name))

  return {
    main,
    get alone() {
      return entries.size === 0
    },
    async named(name) {
      if (name === defaultName) {
        use(name, home)
        return main
      }
      checkWorldName(name)
      sweep()
      if (!entries.has(name) && entries.size >= limit) throw tooMany(limit)
      const entry = entries.get(name) ?? makeNamed(name)
      use(name, entry)
      return entry.making
    },
    others: () => [...entries.values()].flatMap(({ world }) => world ?? []),
    list: () =>
      [home, ...[...entries.keys()].sort().flatMap((name) => entries.get(name) ?? [])].flatMap(
        ({ world, requests, usedAt }) =>
          world ? [{ name: world.name, seed: world.seed, requests, lastUse: new Date(usedAt).toISOString() }] : [],
      ),
    hold(world) {
      const entry = entryOf(world)
      if (!entry || entry === home || entry.world !== world) return () => {}
      entry.held++
      let isHeld = true
      return () => {
        if (!isHeld) return
        isHeld = false
        entry.held--
        use(world.name, entry)
      }
    },
    whenGone(world, listener) {
      const mourners = entryOf(world)?.mourners
      mourners?.add(listener)
      return () => mourners?.delete(listener)
    },
    onMade(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async remove(name) {
      if (name === defaultName) {
        throw new MockOAuthError('invalid_world', 'The default world stays. Take it back to its start by a reset.')
      }
      checkWorldName(name)
      const entry = entries.get(name)
      if (entry) return forget(name, entry)
      throw new MockOAuthError('unknown_world', `There is no world "${name}". ${known([...entries.keys()].sort())}`)
    },
    sweep,
    unfired() {
      const named = [...entries.values()].filter((one) => !asKept.has(one))
      const used = home.requests > 0 || named.length === 0 ? [home, ...named] : named
      const worlds = used.flatMap(({ world }) => world ?? [])
      return {
        faults: worlds.flatMap((world) => unfiredFaults(world).map((one) => ({ ...one, world: world.name }))),
        forgotten: worlds.reduce((sum, { faults }) => sum + faults.missed, forgotten),
      }
    },
    reconfigure(bring) {
      // One after another: each takes away what the one before it registered. Worlds are made before or after.
      const done = changing.then(async () => change(await bring()))
      changing = done.catch(() => undefined)
      return done
    },
    close() {
      for (const { world } of [home, ...entries.values()]) {
        world?.outbox.close()
        world?.holds.close()
      }
    },
  }
}

/** Whether a webhook of a world is under way, or due by its clock before a time is over. */
const isBusy = ({ outbox, clock }: World, soon: Milliseconds): boolean =>
  outbox
    .list()
    .some(
      ({ state, nextAt }) =>
        state === 'pending' && (nextAt === undefined || isNear(nextAt - clock.now(), soon, clock.frozen())),
    )

/** A clock that stands still brings nothing. */
const isNear = (away: Milliseconds, soon: Milliseconds, frozen: boolean) => away <= 0 || (!frozen && away < soon)

const longestList = 10

const known = (names: readonly string[]): string => {
  const [first = 'none', ...rest] = names.length > longestList ? [...names.slice(0, longestList), '…'] : names
  return `There are: ${[first, ...rest].join(', ')}.`
}

const tooMany = (limit: number) =>
  new MockOAuthError(
    'too_many_worlds',
    `There are ${limit} worlds beside the default one, and no more are kept. Remove some with "mock-oauth worlds remove <name>" or DELETE /_mock/worlds/<name>, or start with a higher --world-limit.`,
  )
