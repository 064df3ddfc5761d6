import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { checkFile, shown } from './file-text.ts'
import { Stop } from './stop.ts'

/** Every door of this installation, so that a file finds it where no package is installed, and only this one. */
function doors(): Record<string, string> {
  const manifest = createRequire(import.meta.url).resolve('mock-oauth/package.json')
  const { exports } = JSON.parse(readFileSync(manifest, 'utf8')) as { exports: Record<string, unknown> }
  return Object.fromEntries(
    Object.keys(exports).map((door) => {
      const name = `mock-oauth${door.slice(1)}`
      return [name, fileURLToPath(import.meta.resolve(name))]
    }),
  )
}

/**
 * Runs a TypeScript or JavaScript file, anew each time.
 * @param read takes the path of each file that was read for it, even where one fails
 * @returns what it exports
 * @throws {Stop} naming the file, and the line where it is known
 */
export async function loadModule(path: string, read: Set<string>): Promise<Readonly<Record<string, unknown>>> {
  read.add(path)
  checkFile(path)
  const { createJiti } = await import('jiti')
  const jiti = createJiti(import.meta.url, { alias: doors(), fsCache: false, interopDefault: false })
  const before = new Set(Object.keys(jiti.cache))
  const files = () => Object.keys(jiti.cache).filter((one) => !before.has(one) && !/[\\/]node_modules[\\/]/.test(one))
  let stuck = () => {}
  // A process with nothing left to do would end here without a word.
  const idle = new Promise<never>((_, reject) => {
    stuck = () => reject(new Stop(2, `${shown(path)} waits for something that never comes.`))
  })
  process.once('beforeExit', stuck)
  try {
    return await Promise.race([jiti.import<Readonly<Record<string, unknown>>>(path), idle])
  } catch (error) {
    throw error instanceof Stop ? error : explained(error, path, files())
  } finally {
    process.off('beforeExit', stuck)
    for (const file of files()) {
      read.add(file)
      delete jiti.cache[file]
    }
  }
}

function explained(error: unknown, path: string, files: readonly string[]): Stop {
  if (!(error instanceof Error)) return new Stop(2, `${shown(path)} throws ${String(error)} when it is loaded.`)
  const { name, message, stack = '' } = error
  const [, what, at, line] = /^ParseError: (.*?)\s*\n\s*(.*?):(\d+):\d+/s.exec(message) ?? []
  if (at !== undefined) return new Stop(2, `${shown(at)}:${line} is not TypeScript: ${what}.`)
  const [first = ''] = message.split('\n')
  if (/^(ERR_)?MODULE_NOT_FOUND$/.test((error as NodeJS.ErrnoException).code ?? '')) {
    const importer = /Require stack:\n- (.*)/.exec(message)?.[1] ?? files.at(-1) ?? path
    return new Stop(2, `${shown(importer)} imports what is not there: ${first}.`)
  }
  // The innermost of its own lines.
  const frame = stack.split('\n').find((one) => files.some((file) => one.includes(`${file}:`)))
  const [, place = path, number] = /(?:\(|^\s*at )(?:async )?(?:file:\/\/)?(.*?):(\d+):\d+\)?$/.exec(frame ?? '') ?? []
  const where = number === undefined ? shown(path) : `${shown(place)}:${number}`
  return new Stop(2, `${where} throws ${name} when it is loaded: ${first}`)
}
