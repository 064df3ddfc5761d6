import { reviveLetter } from '../engine/letter.ts'
import { redact } from '../engine/redact.ts'
import type { Fault } from '../vocabulary/fault.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'
import type { Exchange } from '../world/journal.ts'
import type { World } from '../world/world.ts'
import type { WorldState } from '../world/world-state.ts'
import { judgeFault } from './fault-judgement.ts'
import { unplayedIn } from './unplayed.ts'

const format = 'mock-oauth snapshot'
const version = 1

/**
 * A world at a moment, as one JSON document: tokens, secrets and passwords are in it, or nothing could be restored.
 * Pass it around like a password.
 */
export interface Snapshot extends Omit<WorldState, 'clock'> {
  readonly format: typeof format
  /** Of the document; one that is newer than this mock is refused. */
  readonly version: number
  /** World time in milliseconds, and whether it stands still. */
  readonly clock: { readonly now: number; readonly frozen: boolean }
}

/** What a snapshot is taken with. */
export interface SnapshotOptions {
  /** The journal as it was, raw; without secrets when left out. */
  secrets?: boolean
}

/** Takes a snapshot; nothing of it changes afterwards. */
export function takeSnapshot(world: World, { secrets = false }: SnapshotOptions = {}): Snapshot {
  const { journal, ...state } = world.dump()
  const exchanges = journal.exchanges.map((one) =>
    secrets || one.redacted ? one : { ...redact(one), redacted: true as const },
  )
  const clock = { now: world.clock.now(), frozen: world.clock.frozen() }
  return { format, version, ...plain({ ...state, clock }), journal: { ...journal, exchanges: newest(exchanges) } }
}

/** In characters of JSON: with more, a document is sooner or later too large to be put back, or to be written at all. */
const roomOfJournal = 50_000_000

/** Copies of the newest exchanges, as many as find room. */
function newest(exchanges: readonly Exchange[]): readonly Exchange[] {
  const kept: Exchange[] = []
  let room = roomOfJournal
  for (const exchange of exchanges.toReversed()) {
    const text = JSON.stringify(exchange)
    room -= text.length
    if (room < 0) break
    kept.push(JSON.parse(text))
  }
  return kept.reverse()
}

/**
 * Goes back to a snapshot, of this mock or another. The same requests then bring the same answers as after the moment
 * when it was taken; a clock that runs goes on from that moment.
 * @throws {MockOAuthError} `invalid_snapshot`; then nothing has changed
 */
export async function restoreSnapshot(world: World, document: Snapshot): Promise<void> {
  const { clock, ...state } = await checked(document)
  const unplayed = unplayedIn(state.store, world.environments)
  if (unplayed.length > 0) {
    const played = world.environments.map(({ key }) => key).join(', ')
    throw wrong(
      `The snapshot is of ${unplayed.join(', ')}, which is not played here. Played: ${played}. Play both, or take another snapshot.`,
    )
  }
  state.faults.armed.forEach(({ fault }, i) => {
    checkFault(world, fault, i)
  })
  const { now, frozen } = clock
  const time = { offset: now - world.clock.real(), ...(frozen && { stopped: now }) }
  world.load({ ...state, clock: time }, (data) => reviveLetter(world, data))
}

/** A fault that could not be armed here cannot come back either. */
function checkFault({ environments }: World, fault: Fault, i: number): void {
  try {
    judgeFault(environments, fault)
  } catch (error) {
    throw error instanceof MockOAuthError ? wrong(`Its fault ${i} can never fire: ${error.message}`) : error
  }
}

const wrong = (message: string) => new MockOAuthError('invalid_snapshot', message)

/** The same document, apart from the one that was given, with everything in its place. */
async function checked(document: Snapshot): Promise<Snapshot> {
  const given = typeof document === 'object' && document !== null ? document : ({} as Partial<Snapshot>)
  if (given.format !== format) {
    throw wrong('That is no snapshot of mock-oauth. Expected the document of GET /_mock/snapshot, as it was.')
  }
  if (given.version !== version) {
    const which = Number.isFinite(given.version) ? `version ${given.version}` : 'no version'
    throw wrong(`The snapshot has ${which}, and this mock-oauth reads ${version}. Take it anew with this one.`)
  }
  const { mistakeIn } = await import('./snapshot-shape.ts')
  const copy = copied(document)
  const mistake = mistakeIn(copy)
  if (mistake !== undefined) throw wrong(`The snapshot is damaged: ${mistake}`)
  return copy
}

/** A copy that shares nothing. JSON can say more than can be written again: what is too deep is no snapshot. */
function copied(document: Snapshot): Snapshot {
  try {
    return plain(document)
  } catch {
    throw wrong('The snapshot is damaged: it is nested too deeply, or is more than JSON can hold.')
  }
}

const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value))
