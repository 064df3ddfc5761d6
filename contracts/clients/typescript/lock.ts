import { randomUUID } from 'node:crypto'
import { readFileSync, statSync, unlinkSync, utimes, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'

/** Locks that hold between processes: a file that only one can make. It has a few bytes, which are read and written at once. */

/** Those of this process: a lock with our pid and not in here was left behind by an earlier process of that number. */
const held = new Set<string>()

/**
 * Does work that nobody else does meanwhile.
 * @param abandonedMs a lock that was not touched for so long is nobody's; who works touches it each second
 */
export async function locked<Value>(file: string, abandonedMs: number, work: () => Promise<Value>): Promise<Value> {
  const me = `${hostname()} ${process.pid} ${randomUUID()}`
  held.add(me)
  while (!take(file, me)) {
    const owner = ownerOf(file)
    if (owner !== undefined && isAbandoned(file, owner, abandonedMs)) remove(file, owner)
    else await sleep(15)
  }
  const beat = setInterval(() => utimes(file, new Date(), new Date(), () => {}), 1_000)
  try {
    return await work()
  } finally {
    clearInterval(beat)
    held.delete(me)
    remove(file, me)
  }
}

function take(file: string, me: string): boolean {
  try {
    writeFileSync(file, me, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    // Where nothing can be written there are no locks either: work goes on, and what cannot be saved is told.
    return (error as NodeJS.ErrnoException).code !== 'EEXIST'
  }
}

function isAbandoned(file: string, owner: string, abandonedMs: number): boolean {
  const [host, pid] = owner.split(' ')
  if (host === hostname() && (Number(pid) === process.pid ? !held.has(owner) : !lives(Number(pid)))) return true
  const { mtimeMs = Date.now() } = statSync(file, { throwIfNoEntry: false }) ?? {}
  return Date.now() - mtimeMs > abandonedMs
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // Somebody else's process is alive all the same.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Takes a lock away if it is still that owner's. */
function remove(file: string, owner: string): void {
  try {
    if (ownerOf(file) === owner) unlinkSync(file)
  } catch {
    // Somebody else has found it abandoned meanwhile.
  }
}

function ownerOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
