import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserOutcome, PersonInput } from '../../control/browser.ts'
import { inside } from '../../control/inside.ts'
import type { MockWorld } from '../../control/mock-world.ts'
import { duration } from '../../vocabulary/duration.ts'
import type { Exchange } from '../../world/journal.ts'
import type { Clause, ProviderId } from '../clause.ts'
import type { Evidence, Seen, Step } from '../evidence.ts'
import type { DriverProblem, Started } from '../protocol/messages.ts'
import type { Letter, Scene } from '../scene.ts'
import { envOf } from './env.ts'
import { mayBeLeft } from './left-behind.ts'
import { type Around, createPlayer, Halted } from './player.ts'
import { nameOfIPv6, openRelay, type Relay } from './relay.ts'
import { ClientLost, DriverError, type Launcher, type Running, type SharedProcess } from './running.ts'
import { scratch } from './scratch.ts'
import type { Stage } from './stage.ts'
import { storedIn } from './stored.ts'
import { openUntrusted, type Untrusted } from './untrusted.ts'

/** A story, played. */
export interface Played {
  readonly evidence: Evidence
  readonly started: Started | undefined
  /** Why it did not come to its end, if so. */
  readonly halted: string | undefined
  /** What the driver could not do. */
  readonly problem: DriverProblem | undefined
  /** The processes in which other stories were played as well. */
  readonly shared: readonly SharedProcess[]
  readonly tookMs: number
}

/** What a story is played from. */
export interface Play {
  readonly stage: Stage
  readonly launcher: Launcher
  readonly provider: ProviderId
  readonly written: Pick<Clause, 'story' | 'env'>
  /** Of the world; the same name is the same chance. */
  readonly name: string
  /** Whether what it does wrong is left out. */
  readonly control: boolean
  /** Whether its processes play nothing else. */
  readonly alone?: boolean
}

/** How long a story waits for what should come, in real milliseconds. */
const patienceMs = 5_000

/** Where an access token lives an hour, and a refresh token longer. */
const endingByTheClock: ReadonlySet<ProviderId> = new Set(['mekari', 'mercury', 'standard'])

/** Plays a story in a world of its own, with processes of its own. */
export async function play({
  stage,
  launcher,
  provider,
  written,
  name,
  control,
  alone = false,
}: Play): Promise<Played> {
  const began = performance.now()
  const world = await stage.mock.world(name)
  const folder = mkdtempSync(join(scratch(), 'mock-oauth-contract-'))
  const isRemoved = mayBeLeft(() => removeFolder(folder))
  const storeDir = join(folder, 'store')
  mkdirSync(storeDir)
  let env = envOf(provider, stage.listening.world(name).provider(provider), storeDir)

  const exchanges: Seen[] = []
  const steps: Step[] = []
  const notes: Record<string, string> = {}
  const deaths: { process: string; how: string }[] = []
  /** Every process so far; a restarted one stands behind the one before. */
  const running: { process: string; running: Running }[] = []
  const listeners = new Set<(exchange: Exchange) => void>()
  let untrusted: Untrusted | undefined
  let relay: Relay | undefined
  let mark = ''
  let problem: DriverProblem | undefined
  let halted: string | undefined
  let current: Running | undefined
  let movedMs = 0

  const stop = world.onExchange((exchange) => {
    exchanges.push({ ...exchange, mark })
    for (const listener of listeners) listener(exchange)
  })

  const around = (process: string): Around => ({
    visit: (url, person) => visit(world, url, person),
    asking(op, asked) {
      const from = exchanges.length
      const at = performance.now()
      const during = mark
      return (ended) => {
        const step = { op, process, asked, ...ended, mark: during, from, to: exchanges.length }
        steps.push({ ...step, tookMs: Math.round(performance.now() - at) } as Step)
        problem ??= ended.problem
      }
    },
  })
  async function start(process: string): Promise<Running> {
    const made = await launcher.launch(env, alone)
    running.push({ process, running: made })
    // It begins with real time, and its store is of the time that was.
    if (movedMs > 0 && made.started.features.clock) await made.ask('advance', { seconds: movedMs / 1_000 }).answer
    return made
  }
  function unstarted(process: string, error: unknown): never {
    if (error instanceof DriverError) problem ??= error.problem
    else if (error instanceof ClientLost) deaths.push({ process, how: error.message })
    else throw error
    throw new Halted(error.message)
  }
  const launch = (process: string) => start(process).catch((error) => unstarted(process, error))
  const playing = () => {
    if (!current) throw new Halted('The client is not running.')
    return current
  }
  const scene: Scene = {
    ...createPlayer(playing, around('a')),
    provider,
    get env() {
      return env
    },
    claims: (feature) => current?.started.features[feature] === true,
    world,
    arm: (fault) => void (control || world.faults.arm(fault)),
    wrong: (right, wrong) => (control ? right : wrong),
    wrongly: async (act) => void (control || (await act())),
    visit: (url, person) => visit(world, url, person),
    browse: (url, person) => browse(world, url, person),
    async advance(by, step = by) {
      const whole = duration(by)
      const each = duration(step)
      for (let moved = 0; moved < whole; moved += each) {
        const now = Math.min(each, whole - moved)
        await world.clock.move({ advance: `${now / 1_000}s` })
        movedMs += now
        if (current?.started.features.clock) await scene.ask('advance', { seconds: now / 1_000 })
      }
    },
    async expire() {
      if (endingByTheClock.has(provider)) await scene.advance('61m')
      else world.faults.arm('api expireEarly')
    },
    mark(named) {
      mark = named
    },
    note(named, value) {
      notes[named] = value
    },
    until: (what, like) =>
      new Promise((resolve, reject) => {
        const there = exchanges.find(like)
        if (there) return resolve(there)
        const end = () => {
          clearTimeout(late)
          listeners.delete(listener)
        }
        const late = setTimeout(() => {
          end()
          reject(new Halted(`${what} did not come within ${patienceMs / 1_000} s.`))
        }, patienceMs)
        const listener = (exchange: Exchange) => {
          if (!like(exchange)) return
          end()
          resolve(exchange)
        }
        listeners.add(listener)
      }),
    async restart(changes) {
      env = { ...env, ...changes }
      await current?.end()
      current = await launch('a')
    },
    async refuses(changes) {
      env = { ...env, ...changes }
      await current?.end()
      current = undefined
      try {
        current = await start('a')
        return false
      } catch (error) {
        return isRefusal(error) || unstarted('a', error)
      }
    },
    async second() {
      const other = await launch('b')
      return createPlayer(() => other, around('b'))
    },
    letters: () => lettersOf(world),
    async byIPv6(url) {
      const place = new URL(url)
      relay ??= await openRelay(Number(place.port)).catch(() => undefined)
      if (!relay) return url
      place.host = `${await nameOfIPv6()}:${relay.port}`
      return place.href
    },
    async untrusted() {
      untrusted ??= await openUntrusted()
      return untrusted
    },
  }

  try {
    if (written.env) env = await written.env(env, scene)
    current = await launch('a')
    await written.story(scene)
  } catch (error) {
    if (!(error instanceof Halted)) throw error
    halted = error.message
  } finally {
    await Promise.all(running.map((one) => one.running.release()))
    stop()
    await untrusted?.close()
    await relay?.close()
    await stage.mock.worlds.remove(name)
  }
  for (const one of running) {
    const how = one.running.ended()
    if (how !== undefined) deaths.push({ process: one.process, how })
  }
  const output = running.map((one) => one.running.output()).join('')
  const evidence = { provider, env, exchanges, steps, notes, output, store: storedIn(storeDir), deaths }
  removeFolder(folder)
  isRemoved()
  const tookMs = Math.round(performance.now() - began)
  const shared = running.flatMap((one) => one.running.shared ?? [])
  return { evidence, started: running[0]?.running.started, halted, problem, shared, tookMs }
}

function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true })
  } catch {
    // A client that was dropped still writes: what it leaves behind is in the system's folder for such things.
  }
}

/** A client that does not work with its env says so, or ends with a sentence. */
const isRefusal = (error: unknown): boolean =>
  error instanceof DriverError
    ? error.problem.kind === 'configuration'
    : error instanceof ClientLost && error.how === 'died'

/** The person's browser, wherever it ends. */
async function browse(world: MockWorld, url: string, person?: PersonInput): Promise<BrowserOutcome> {
  if (!URL.canParse(url)) throw new Halted(`begin answers "${url.slice(0, 200)}", which is no URL.`)
  try {
    return await world.authorize(url, person)
  } catch (error) {
    throw new Halted((error as Error).message)
  }
}

/** The person's browser, from the authorization URL to the callback. */
async function visit(world: MockWorld, url: string, person?: PersonInput): Promise<string> {
  const outcome = await browse(world, url, person)
  if (outcome.redirectTo !== undefined) return outcome.redirectTo
  const { kind, expected, came } = outcome.errorPage ?? {}
  const words = [kind, expected && `expected ${expected}`, came && `came ${came}`].filter(Boolean).join(', ')
  throw new Halted(`The authorization endpoint refuses the request: ${words || 'no redirect'}.`)
}

async function lettersOf(world: MockWorld): Promise<readonly Letter[]> {
  const { main } = world[inside].worlds
  await main.outbox.settled()
  return main.outbox.list().flatMap(({ body, attempts }) => {
    const [attempt] = attempts
    if (!attempt) return []
    return { method: 'POST', query: new URL(attempt.url).search, headers: attempt.headers as Letter['headers'], body }
  })
}
