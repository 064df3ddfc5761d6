import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import type { Key } from 'lmdb'
import type { Ledger } from '../store/ledger.ts'
import type { Change, Kept } from '../store/table.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'
import { openFile, type StateFile } from './file.ts'

/** A file in which worlds outlive the process. */
export interface State {
  /** Where a world is kept. */
  ledgerOf(world: string): Ledger
  /** The worlds that are kept, by name. */
  worlds(): readonly string[]
  /** Lets go of the file, once all that was taken is kept. */
  close(): Promise<void>
}

/** What one world has to write. */
interface Writing {
  readonly world: string
  readonly changes: readonly Change[]
  readonly anew: boolean
}

type Written = readonly [key: string, kept: Kept]

/** LMDB would share one between two of a process, and neither would know. */
const inUse = new Set<string>()

/**
 * Opens a state file; makes it where it is not there yet. Nobody else can open it until it is closed, or the process ends.
 * @throws {MockOAuthError} `state_unavailable`
 */
export async function openState(name: string): Promise<State> {
  const path = resolve(name)
  if (inUse.has(path)) {
    throw new MockOAuthError(
      'state_unavailable',
      `${path} is in use by another mock of this process. Name another file.`,
    )
  }
  inUse.add(path)
  try {
    return stateIn(await openFile(path), () => inUse.delete(path))
  } catch (error) {
    inUse.delete(path)
    throw error
  }
}

function stateIn(file: StateFile, closed: () => void): State {
  let waiting: Writing[] = []
  /** The commit of what waits, where something does. */
  let next: Promise<void> | undefined
  /** The commit under way, or the last one. One that failed fails all that come: what they build on is not kept. */
  let last: Promise<void> = Promise.resolve()

  async function commit(): Promise<void> {
    const writings = waiting
    waiting = []
    last = next ?? last
    next = undefined
    await file.batch(() => {
      for (const writing of writings) write(file, writing)
    })
  }

  return {
    ledgerOf: (world) => ({
      read: () =>
        Array.from(file.getRange(rangeOf(world)), ({ key, value }) => {
          const [, table = ''] = key as string[]
          const [name, kept] = value as Written
          return { table, key: name, kept }
        }),
      write(changes, anew) {
        waiting.push({ world, changes, anew })
        next ??= last.then(commit)
      },
      committed: () => next ?? last,
    }),
    worlds: () => [...new Set(Array.from(file.getKeys()).flatMap((key) => (isOfWorld(key) ? key[0] : [])))],
    async close() {
      await (next ?? last).catch(() => undefined)
      await file.close()
      closed()
    },
  }
}

const isOfWorld = (key: Key): key is [world: string, table: string, key: string] => Array.isArray(key)
const rangeOf = (world: string) => ({ start: [world, ''], end: [world, '\uffff'] })

function write(file: StateFile, { world, changes, anew }: Writing): void {
  // All that was written before is there to be seen: each commit waits for the one before it.
  if (anew) for (const key of file.getKeys(rangeOf(world))) file.remove(key)
  for (const { table, key, kept } of changes) {
    const place = [world, table, placeOf(key)]
    if (kept) file.put(place, [key, kept] satisfies Written)
    else file.remove(place)
  }
}

/** Keys of LMDB are short and know no null; clients make up some of ours. */
const placeOf = (key: string): string =>
  /^[\x20-\x7e]{1,400}$/.test(key) ? key : `sha256 ${createHash('sha256').update(key, 'utf16le').digest('hex')}`
