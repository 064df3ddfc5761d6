import { chmodSync, closeSync, openSync, readSync, statSync } from 'node:fs'
import type { Key, open as openLmdb, RootDatabase, RootDatabaseOptionsWithPath } from 'lmdb'
import { MockOAuthError } from '../vocabulary/misuse.ts'

/** A file of LMDB. */
export type StateFile = RootDatabase<unknown, Key>

const version = 1
const unavailable = (message: string) => new MockOAuthError('state_unavailable', message)

/**
 * Opens a file for this process alone; makes it where it is not there yet.
 * @throws {MockOAuthError} `state_unavailable` where LMDB is not installed, or the file is another's, foreign, or newer
 */
export async function openFile(path: string): Promise<StateFile> {
  const open = await loadLmdb()
  refuseForeign(path)
  let file: StateFile
  try {
    file = open(optionsOf(path))
  } catch (error) {
    throw unavailable(`The state file ${path} cannot be opened: ${(error as Error).message}.`)
  }
  try {
    file.transactionSync(() => take(file, path))
    // One that was there keeps its mode when it is opened.
    chmodSync(path, 0o600)
  } catch (error) {
    await file.close()
    throw error
  }
  return file
}

/** Secrets are in it: nobody else may read it. What is written outlives the process, and need not outlive the machine. */
const optionsOf = (path: string) =>
  ({
    path,
    noSubdir: true,
    encoding: 'json',
    noSync: true,
    overlappingSync: false,
    permissionsMode: 0o600,
  }) as RootDatabaseOptionsWithPath

async function loadLmdb(): Promise<typeof openLmdb> {
  try {
    return (await import('lmdb')).open
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error
    throw unavailable('A state file is kept by LMDB, which is not installed here. Install it: npm install lmdb')
  }
}

const magic = [0xde, 0xc0, 0xef, 0xbe]
const magicAt = 24

/** LMDB does not look before it reads: what is no file of its own would end the process. */
function refuseForeign(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found || found.size === 0) return
  if (!found.isFile()) throw unavailable(`The state file ${path} is no file.`)
  const head = Buffer.alloc(magic.length)
  const handle = openSync(path, 'r')
  readSync(handle, head, 0, head.length, magicAt)
  closeSync(handle)
  if (head.equals(Buffer.from(magic)) || head.equals(Buffer.from(magic.toReversed()))) return
  throw foreign(path)
}

const foreign = (path: string) =>
  unavailable(`${path} is no state file of mock-oauth. Name another: one that is not there yet is made.`)

/** Sees whose file it is, and notes that it is ours; nobody else can do so meanwhile. */
function take(file: StateFile, path: string): void {
  const format = file.get('format') as { name?: unknown; version?: unknown } | undefined
  if (!format) {
    if (file.getCount({ limit: 1 }) > 0) throw foreign(path)
    file.put('format', { name: 'mock-oauth state', version })
  } else if (format.name !== 'mock-oauth state') throw foreign(path)
  else if (format.version !== version) {
    const message = `${path} has format ${JSON.stringify(format.version)}, and this mock-oauth reads ${version}. Begin with another file.`
    throw unavailable(message)
  }
  const owner = file.get('owner') as { pid: number } | undefined
  if (owner && owner.pid !== process.pid && readersOf(file).includes(owner.pid)) {
    throw unavailable(
      `${path} is in use by another mock-oauth (process ${owner.pid}). Stop that, or name another file.`,
    )
  }
  file.put('owner', { pid: process.pid })
}

/** The processes that have a file open. LMDB knows them by locks that end with their process, however it ends. */
function readersOf(file: StateFile): readonly number[] {
  file.readerCheck()
  return [...file.readerList().matchAll(/^\s*(\d+)\s/gm)].map(([, pid]) => Number(pid))
}
