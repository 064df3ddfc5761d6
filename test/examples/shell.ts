import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { onTestFinished } from 'vitest'
import { bin, endOf, environment, type Finished, folderWith, root, runProgram } from '../cli/command.ts'

/** The text of an example. */
export const example = (name: string): string => readFileSync(`${root}examples/${name}`, 'utf8').trimEnd()

// What `npx mock-oauth` does where it is installed, and npx with what is installed beside it; and `npm ci` is done, or no test would run.
const programs = {
  npx: `#!/bin/sh
name=$1
shift
[ "$name" = mock-oauth ] || exec '${root}node_modules/.bin/'"$name" "$@"
exec '${process.execPath}' '${bin}' "$@"
`,
  npm: '#!/bin/sh\n',
}

/** How a shell that stops at the first mistake runs a text. */
function shellOf(text: string, variables: Readonly<Record<string, string>>, port: string) {
  // No progress of curl's, which it shows to whoever redirects its output.
  const folder = folderWith({ ...programs, '.curlrc': 'silent\nshow-error\n' })
  for (const program of Object.keys(programs)) chmodSync(`${folder}/${program}`, 0o755)
  const PATH = [folder, dirname(process.execPath), process.env.PATH].join(':')
  const ours = text.replaceAll('127.0.0.1:4420', `127.0.0.1:${port}`)
  return { args: ['-euc', ours], variables: { ...variables, PATH, CURL_HOME: folder, MOCK_OAUTH_PORT: port } }
}

/** Runs a text to its end, in a folder. */
export function playIn(folder: string, text: string, more: Readonly<Record<string, string>> = {}): Promise<Finished> {
  const { args, variables } = shellOf(text, more, '0')
  return runProgram('sh', args, variables, folder)
}

/** Runs an example to its end, with this port for 4420. */
export function play(name: string, url: string, more: Readonly<Record<string, string>> = {}): Promise<Finished> {
  const { args, variables } = shellOf(example(name), more, new URL(url).port)
  return runProgram('sh', args, variables)
}

/** Starts an example that ends when somebody stops it: with the test. */
export function start(name: string, more: Readonly<Record<string, string>> = {}): ChildProcess {
  const { args, variables } = shellOf(example(name), more, '0')
  const child = spawn('sh', args, {
    env: environment(variables),
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: root,
    detached: true,
  })
  const ended = endOf(child)
  onTestFinished(async () => {
    if (child.pid !== undefined) process.kill(-child.pid)
    await ended
  })
  return child
}
