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
    const text = textOf(join(folder, path))
    return text === undefined ? [] : { path, mode: stat.mode & 0o777, text }
  })
}

/** A file's text; nothing where a client has taken it away meanwhile. */
function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
