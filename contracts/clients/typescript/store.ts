import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { open, readdir, rename, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { locked } from './lock.ts'
import type { Account, Revocable } from './tokens.ts'

/** What must outlive the process: a file a link, and a file a login that has begun. */

/** One account that is connected, or was. Times are milliseconds by the client's clock, where nothing else is said. */
export interface Link {
  readonly name: string
  /** Counts the changes: what was made from an older one is not written over a newer one. */
  readonly generation: number
  readonly state: 'connected' | 'needs_reauth' | 'disconnected'
  /** Why it is not connected any more. */
  readonly reason?: string
  readonly accessToken?: string
  readonly refreshToken?: string
  readonly lifetime?: number
  /** Left out where nobody said how long the access token lives. */
  readonly expiresAt?: number
  readonly refreshedAt: number
  /** By the provider's clock. */
  readonly connectedAt: number
  /** The scope as it was asked for. */
  readonly asked: string
  readonly scopes: readonly string[]
  readonly account: Account
  /** Token requests that came to nothing since the last one that did not. */
  readonly trouble?: Trouble
  /** What is still to be revoked. */
  readonly revocation?: Revocable
  /** The webhooks that had an effect. */
  readonly events?: readonly string[]
}

export interface Trouble {
  readonly times: number
  readonly since: number
  /** Not tried again before. */
  readonly until: number
  /** Whether it may pass by itself. */
  readonly result: 'transient' | 'error'
  readonly code: string
  readonly status?: number
}

/** A login that has begun, as it is when its browser comes back. */
export interface Login {
  readonly link: string
  /** A digest: the session itself is the browser's. */
  readonly session: string
  readonly verifier?: string
  readonly scope: string
  /** Where the browser was sent. */
  readonly authorizeUrl: string
  readonly at: number
}

export const digest = (text: string): string => createHash('sha256').update(text).digest('base64url')

export interface StoreOptions {
  readonly folder: string
  /** Links of other providers stay apart. */
  readonly provider: string
  readonly abandonedMs: number
  readonly log: (line: string) => void
}

export class Store {
  /** As on a disk that is full. */
  refusesWrites = false
  readonly #options: StoreOptions
  /** What could not be written. It is newer than the file, and all there is of the tokens in it. */
  readonly #unsaved = new Map<string, Link>()

  constructor(options: StoreOptions) {
    this.#options = options
    for (const folder of [this.#folder('links'), this.#folder('logins')])
      mkdirSync(folder, { recursive: true, mode: 0o700 })
  }

  /** From the file each time: another process may have changed it. */
  async read(link: string): Promise<Link | undefined> {
    const stored = await readJson<Link>(this.#linkFile(link))
    const unsaved = this.#unsaved.get(link)
    return unsaved && unsaved.generation > (stored?.generation ?? 0) ? unsaved : stored
  }

  async all(): Promise<readonly Link[]> {
    const files = (await readdir(this.#folder('links'))).filter((name) => name.endsWith('.json'))
    const found = await Promise.all(files.map((name) => readJson<Link>(join(this.#folder('links'), name))))
    const names = new Set([...found.flatMap((link) => link?.name ?? []), ...this.#unsaved.keys()])
    return (await Promise.all([...names].map((name) => this.read(name)))).flatMap((link) => link ?? [])
  }

  /**
   * Changes a link, alone, and has it on the disk before anybody goes on.
   * @param change gets the link as it is now; nothing changes where it answers nothing
   */
  update(link: string, change: (now: Link | undefined) => Link | undefined): Promise<Link | undefined> {
    return this.alone(`${link} writes`, async () => {
      const before = await this.read(link)
      const changed = change(before)
      if (!changed) return before
      const after = { ...changed, generation: (before?.generation ?? 0) + 1 }
      await this.#save(after)
      return after
    })
  }

  /** Tries once more to write what could not be written. */
  async retry(link: string): Promise<void> {
    if (this.#unsaved.has(link)) await this.update(link, (now) => now)
  }

  isUnsaved(link: string): boolean {
    return this.#unsaved.has(link)
  }

  /** Does work on something that no other process does meanwhile. */
  alone<Value>(what: string, work: () => Promise<Value>): Promise<Value> {
    return locked(join(this.#folder('links'), `${digest(what)}.lock`), this.#options.abandonedMs, work)
  }

  keepLogin(state: string, login: Login): Promise<void> {
    return this.#write(this.#loginFile(state), login)
  }

  findLogin(state: string): Promise<Login | undefined> {
    return readJson<Login>(this.#loginFile(state))
  }

  /** Whether the login was still there: of several who take it, one does. */
  takeLogin(state: string): Promise<boolean> {
    return unlink(this.#loginFile(state)).then(
      () => true,
      () => false,
    )
  }

  /** Forgets logins that nobody came back from, once there are some. */
  async forgetLogins(before: number): Promise<void> {
    const names = await readdir(this.#folder('logins'))
    if (names.length < 100) return
    for (const name of names) {
      const file = join(this.#folder('logins'), name)
      if (((await readJson<Login>(file))?.at ?? before) < before) await unlink(file).catch(() => {})
    }
  }

  async #save(link: Link): Promise<void> {
    try {
      await this.#write(this.#linkFile(link.name), link)
      this.#unsaved.delete(link.name)
    } catch (error) {
      this.#unsaved.set(link.name, link)
      this.#options.log(
        `ALARM: the store cannot be written (${(error as Error).message}). Tokens are lost at the next restart.`,
      )
    }
  }

  /** Whole or not at all: what is half written is never seen. */
  async #write(file: string, content: object): Promise<void> {
    if (this.refusesWrites) throw new Error('read only')
    const draft = `${file}.${randomUUID()}`
    const handle = await open(draft, 'wx', 0o600)
    try {
      await handle.writeFile(JSON.stringify(content))
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, file)
  }

  #folder(name: string): string {
    return join(this.#options.folder, this.#options.provider, name)
  }

  /** Names come from outside: none becomes a path. */
  #linkFile(link: string): string {
    return join(this.#folder('links'), `${digest(link)}.json`)
  }

  #loginFile(state: string): string {
    return join(this.#folder('logins'), `${digest(state)}.json`)
  }
}

/** Nothing where there is no file, or no JSON in it. Files this small are read at once, with no thread to wait for. */
async function readJson<Value>(file: string): Promise<Value | undefined> {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
