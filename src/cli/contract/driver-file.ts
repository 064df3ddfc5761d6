import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import type { DriverFile } from '../../contract/report/report.ts'

/** The file of a command that was judged, so that a report can be held against it: what an interpreter is given, or the program itself. */
export function driverFileOf(command: string): DriverFile | undefined {
  const [program = '', ...given] = command.split(/\s+/).map((word) => word.replace(/^(['"])(.*)\1$/, '$2'))
  const file = [...given, program].find((word) => existsSync(word) && statSync(word).isFile())
  if (file === undefined) return undefined
  try {
    const bytes = readFileSync(file)
    return { file, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
  } catch {
    // A program may be run and not read.
    return undefined
  }
}
