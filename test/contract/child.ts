import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { AnswerLine, Env } from '../../src/contract/protocol/messages.ts'

/** A client that runs as a program of its own, asked in lines. */
export interface Child {
  /** What it answers when all goes well; a driver's error is thrown. */
  ask(op: string, asked?: object): Promise<Record<string, unknown>>
  /** The same, with the number of the line. */
  put(op: string, asked?: object): { readonly id: number; readonly answer: Promise<Record<string, unknown>> }
  /** All that it wrote to stderr. */
  log(): string
  kill(): Promise<void>
  /** Closes its input. Returns its exit code once it has ended. */
  end(): Promise<number | null>
}

/** Starts a client and tells it its env. */
export async function startChild([command = '', ...args]: readonly string[], env: Env): Promise<Child> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] })
  const gone = new Promise<number | null>((resolve) => child.once('close', resolve))
  const waiting = new Map<number, (line: AnswerLine) => void>()
  let log = ''
  let last = 0
  child.stderr.on('data', (bytes) => {
    log += bytes
  })
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = JSON.parse(text) as AnswerLine
    waiting.get(line.id)?.(line)
    waiting.delete(line.id)
  })
  const put: Child['put'] = (op, asked = {}) => {
    const id = ++last
    const answer = new Promise<Record<string, unknown>>((resolve, reject) => {
      waiting.set(id, (line) => ('ok' in line ? resolve({ ...line.ok }) : reject(new Error(line.error.kind))))
      gone.then(() => reject(new Error(`The client is gone. It wrote: ${log}`)))
    })
    child.stdin.write(`${JSON.stringify({ id, op, ...asked })}\n`)
    return { id, answer }
  }
  const ask: Child['ask'] = (op, asked) => put(op, asked).answer
  const kill = async () => {
    child.kill('SIGKILL')
    await gone
  }
  const end = () => {
    child.stdin.end()
    return gone
  }
  try {
    await ask('start', { protocol: 1, env })
  } catch (error) {
    await kill()
    throw error
  }
  return { ask, put, log: () => log, kill, end }
}
