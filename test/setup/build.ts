import { execFileSync } from 'node:child_process'

const root = new URL('../..', import.meta.url).pathname

/** Builds dist/ once before the tests, when a source is newer than it. */
export default function buildOnce(): void {
  execFileSync(process.execPath, ['scripts/build-when-stale.js'], { cwd: root, stdio: 'inherit' })
}
