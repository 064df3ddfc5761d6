import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { findServer, type ServerOptions } from './control.ts'
import { shown } from './file-text.ts'
import { print } from './print.ts'
import { Stop } from './stop.ts'

type SnapshotOptions = ServerOptions & { secrets?: boolean }

/** Writes all of a world into a file that nobody else may read, or prints it. */
export async function snapshot(
  file: string | undefined,
  { secrets = false, ...options }: SnapshotOptions,
): Promise<void> {
  const server = await findServer(options)
  const text = `${JSON.stringify(await server.get(`/snapshot${secrets ? '?secrets=true' : ''}`))}\n`
  if (file === undefined) {
    process.stdout.write(text)
    return
  }
  try {
    // One that is there keeps its mode when it is written.
    if (statSync(file, { throwIfNoEntry: false })?.isFile()) chmodSync(file, 0o600)
    writeFileSync(file, text, { mode: 0o600 })
  } catch (error) {
    throw new Stop(2, `${shown(file)} cannot be written: ${(error as Error).message}.`)
  }
  print(`wrote ${shown(file)}: all of the world of ${server.url}, tokens and secrets included`)
}

/** Takes a world back to what was written. */
export async function restore(file: string, options: ServerOptions): Promise<void> {
  const document = documentIn(file)
  const server = await findServer(options)
  await server.put('/snapshot', document)
  print(`restored ${server.url} from ${shown(file)}`)
}

function documentIn(file: string): object {
  const wrong = (why: string) => new Stop(2, `${shown(file)} ${why}. Expected what "mock-oauth snapshot" wrote.`)
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw wrong(`cannot be read: ${(error as Error).message}`)
  }
  try {
    const document: unknown = JSON.parse(text)
    if (typeof document === 'object' && document !== null && !Array.isArray(document)) return document
  } catch {
    throw wrong('is no JSON')
  }
  throw wrong('holds no object')
}
