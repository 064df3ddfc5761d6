import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import type { PlayedProvider } from 'mock-oauth'
import { onTestFinished } from 'vitest'

export const root = new URL('../..', import.meta.url).pathname
export const bin = `${root}bin/mock-oauth.js`

/** What a finished command left behind. */
export interface Finished {
  code: number | null
  stdout: string
  stderr: string
}

type Variables = Readonly<Record<string, string>>

/** The environment of a stranger: nothing of ours set. */
export const environment = (more: Variables = {}) => ({ PATH: process.env.PATH, HOME: process.env.HOME, ...more })

/** Runs any program to its end. */
export async function runProgram(
  file: string,
  args: readonly string[],
  variables?: Variables,
  cwd = root,
): Promise<Finished> {
  const child = spawn(file, args, { env: environment(variables), stdio: ['ignore', 'pipe', 'pipe'], cwd })
  const [stdout, stderr, code] = await Promise.all([textOf(child.stdout), textOf(child.stderr), endOf(child)])
  return { code, stdout, stderr }
}

/** Runs the built command line to its end. */
export const run = (args: readonly string[], variables?: Variables, cwd?: string): Promise<Finished> =>
  runProgram(process.execPath, [bin, ...args], variables, cwd)

/** A folder of a stranger's, with these files; it goes with the test. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(`${tmpdir()}/mock-oauth-`))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(`${folder}/${name}`), { recursive: true })
    writeFileSync(`${folder}/${name}`, text)
  }
  return folder
}

/** The files of a provider of a user's own. */
export const acmeFiles = Object.fromEntries(
  ['acme.ts', 'life.ts'].map((name) => [name, readFileSync(`${root}test/cli/own/${name}`, 'utf8')]),
)

/** The exit code of a process, once all that held its output is gone. */
export const endOf = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.on('close', (code) => resolve(code)))

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = ''
  for await (const chunk of stream) text += chunk
  return text
}

/** A `serve` that is ready. */
export interface Served {
  url: string
  mekari: PlayedProvider & { clientSecret: string }
  /** The ready line as it was written. */
  line: string
  child: ChildProcess
  /** Waits for the next line of its log. */
  logged(): Promise<string>
}

/** Starts `serve --json` on a free port; it ends with the test. */
export async function serve(args: readonly string[] = [], variables?: Variables, cwd = process.cwd()): Promise<Served> {
  const child = spawn(process.execPath, [bin, 'serve', '--port', '0', '--json', ...args], {
    env: environment(variables),
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd,
  })
  const ended = endOf(child)
  onTestFinished(async () => {
    child.kill()
    await ended
  })
  const log = linesOf(child.stderr)
  const line = await linesOf(child.stdout)()
  const { url, providers } = JSON.parse(line)
  return { url, mekari: providers.mekari, line, child, logged: log }
}

/** Reads a stream line by line. */
export function linesOf(stream: NodeJS.ReadableStream): () => Promise<string> {
  const lines = createInterface(stream)[Symbol.asyncIterator]()
  return async () => (await lines.next()).value ?? ''
}
