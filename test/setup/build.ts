import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'

const root = new URL('../..', import.meta.url).pathname

/** Builds dist/ once before the tests, when a source is newer than it. */
export default function buildOnce(): void {
  const sources = ['package.json', ...['src', 'scripts'].flatMap((folder) => filesUnder(folder))]
  const built = `${root}dist/cli/main.js`
  const newest = Math.max(...sources.map((file) => statSync(root + file).mtimeMs))
  if (existsSync(built) && statSync(built).mtimeMs > newest) return
  execFileSync(process.execPath, ['scripts/build.js'], { cwd: root, stdio: 'inherit' })
}

const filesUnder = (folder: string): string[] =>
  readdirSync(root + folder, { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`)
