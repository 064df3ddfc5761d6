import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

const config = new URL('project/vitest.config.ts', import.meta.url).pathname
const vitest = new URL('../../node_modules/vitest/vitest.mjs', import.meta.url).pathname

/** What Vitest says of a file of the project beside this test: how each test ended, and what was printed. */
export async function run(file: string) {
  const child = spawn(process.execPath, [vitest, 'run', '--config', config, '--reporter=verbose', file], {
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  const ended = [...stdout.matchAll(/^ ([✓×]) (?:\S+\.spec\.ts) > (.+?)(?: \d+m?s)?$/gm)]
  return {
    outcomes: Object.fromEntries(ended.map(([, mark, name]) => [name, mark === '✓' ? 'passed' : 'failed'])),
    stdout,
    stderr,
    /** What a test has printed on standard error, by its header. */
    printed: (name: string) =>
      stderr
        .split(/^stderr \| /m)
        .filter((part) => part.startsWith(`${file} > ${name}\n`))
        .map((part) => part.slice(part.indexOf('\n') + 1).trimEnd()),
  }
}

export type Ran = Awaited<ReturnType<typeof run>>
