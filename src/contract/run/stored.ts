import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { StoredFile } from '../evidence.ts'

/** A store holds tokens: what is larger than this is something else. */
const largest = 1_000_000

/** The files of a folder, with those in its folders, by path. */
export function storedIn(folder: string): readonly StoredFile[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()
  return paths.flatMap((path) => {
    const stat = statSync(join(folder, path), { throwIfNoEntry: false })
    if (!stat?.isFile() || stat.size > largest) return []
    return { path, mode: stat.mode & 0o777, text: readFileSync(join(folder, path), 'utf8') }
  })
}
