import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { build } from 'esbuild'
import { onTestFinished } from 'vitest'

const source = new URL('../../../contracts/clients/typescript/driver.ts', import.meta.url).pathname

/** The driver as one file of JavaScript, as Node 20 takes it. */
export async function bundle(outfile: string): Promise<string> {
  await build({ entryPoints: [source], outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' })
  return outfile
}

/** What it decided, or what it could not do. */
interface Answer {
  readonly ok?: Readonly<Record<string, unknown>>
  readonly error?: unknown
}

/** A process of the driver. */
export function launch(file: string) {
  const child: ChildProcess = spawn(process.execPath, [file], { stdio: ['pipe', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const waiting = new Map<number, (answer: Answer) => void>()
  let ids = 0
  if (child.stdout) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const { id, ...answer } = JSON.parse(line)
      waiting.get(id)?.(answer)
    })
  }
  return {
    ask(op: string, asked: object = {}): Promise<Answer> {
      const id = ++ids
      child.stdin?.write(`${JSON.stringify({ id, op, ...asked })}\n`)
      return new Promise((resolve) => waiting.set(id, resolve))
    },
    /** The number of what was asked last. */
    asked: () => ids,
    write: (line: string) => child.stdin?.write(`${line}\n`),
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
    /** Its exit code, once nothing more comes. */
    async end() {
      child.stdin?.end()
      return ended
    },
  }
}
