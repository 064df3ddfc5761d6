import { readFileSync, statSync } from 'node:fs'
import { relative } from 'node:path'
import { Stop } from './stop.ts'

/** No file that people write for this is larger, in bytes. */
const largest = 1_000_000

/** A path as people read it: from the working directory, where it is within. */
export function shown(path: string): string {
  const short = relative(process.cwd(), path)
  return short.startsWith('..') || short === '' ? path : short
}

/**
 * The text of a file.
 * @throws {Stop} where there is none that can be read, or where it is too large to be meant
 */
export function textOf(path: string): string {
  checkFile(path)
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new Stop(2, `${shown(path)} cannot be read: ${(error as Error).message}.`)
  }
}

/**
 * Refuses what is no file of a sensible size.
 * @throws {Stop}
 */
export function checkFile(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) throw new Stop(2, `There is no file ${shown(path)}.`)
  if (!found.isFile()) throw new Stop(2, `${shown(path)} is not a file.`)
  if (found.size > largest) throw new Stop(2, `${shown(path)} is larger than a megabyte. Is it the right file?`)
}
