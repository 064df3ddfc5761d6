import { existsSync, realpathSync } from 'node:fs'
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
  /** Lets go of the file. */
  close(): Promise<void>
}

/** What keeps others out stands beside the file, so that a link has to lead to it. */
const behindLinks = (path: string): string => (existsSync(path) ? realpathSync(path) : path)

/** LMDB would share one between two of a process, and neither would know. */
const inUse = new Set<string>()

/**
 * Opens a state file; makes it where it is not there yet. Nobody else can open it until it is closed, or the process ends.
 * @throws {MockOAuthError} `state_unavailable`
 */
export async function openState(name: string): Promise<State> {
  const path = behindLinks(resolve(name))
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
  let failure: unknown

  function write(world: string, changes: readonly Change[], anew: boolean): void {
    if (anew) for (const key of file.getKeys(rangeOf(world))) file.remove(key)
    for (const { table, at, kept } of changes) {
      if (kept) file.put([world, table, at], kept)
      else file.remove([world, table, at])
    }
  }

  return {
    ledgerOf: (world) => ({
      read: () =>
        Array.from(file.getRange(rangeOf(world)), ({ key, value }) => {
          const [, table, at] = key as PlaceOfEntry
          return { table, at, kept: value as Kept }
        }),
      write(changes, anew) {
        // What comes after a change that is lost builds on it.
        if (failure) throw failure
        try {
          file.transactionSync(() => write(world, changes, anew))
        } catch (error) {
          failure = error
          throw error
        }
      },
    }),
    worlds: () => [...new Set(Array.from(file.getKeys()).flatMap((key) => (isOfWorld(key) ? key[0] : [])))],
    async close() {
      failure ??= new MockOAuthError('closed', 'This mock is closed, and with it the file that keeps its state.')
      await file.close()
      closed()
    },
  }
}

type PlaceOfEntry = [world: string, table: string, at: number | string]

const isOfWorld = (key: Key): key is PlaceOfEntry => Array.isArray(key)
const rangeOf = (world: string) => ({ start: [world, ''], end: [world, '\uffff'] })
