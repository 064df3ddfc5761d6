import { type ChildProcess, spawn } from 'node:child_process'
import { availableParallelism, constants } from 'node:os'
import { StringDecoder } from 'node:string_decoder'
import { type Answered, type Env, type Op, protocolVersion, type Started } from '../protocol/messages.ts'
import { readAnswer } from '../protocol/read-answer.ts'
import { patienceFor } from './env.ts'
import { mayBeLeft } from './left-behind.ts'
import { type Asking, ClientLost, type Launcher, longestOutput, type Running, type SharedProcess } from './running.ts'

/** How a command is started and waited for. */
export interface StdioOptions {
  readonly command: string
  /** Real milliseconds that any answer may take. */
  readonly patienceMs: number
  readonly cwd?: string
}

/** Longer lines are no answers. */
const longestLine = 8_000_000

/** What a story has set off may end its process so many real milliseconds after it. */
const afterwardsMs = 300

/** More of them say nothing more. */
const mostStrays = 100

interface Waiting {
  readonly op: Op | 'start'
  readonly settle: (answer: Answered[Op] | Started) => void
  readonly fail: (error: Error) => void
}

/** Clients that are programs: JSON lines over their standard input and output. */
export function stdio(options: StdioOptions): Launcher {
  /** Processes that have played a story and can play another. */
  const idle: Child[] = []
  return {
    words: options.command,
    kind: 'stdio',
    // While one waits, another works.
    parallel: availableParallelism() + 1,
    async launch(env, alone = false) {
      const used = alone ? undefined : takeLiving(idle)
      try {
        if (used) return await used.begin(env, alone)
      } catch (error) {
        // What it was lost to may have been done by the story before.
        if (!used?.lateEnd()) throw error
      }
      return open(options, idle).begin(env, alone)
    },
    async close() {
      await Promise.all(idle.splice(0).map((child) => child.leave()))
    },
  }
}

/** A process that is there. */
interface Child extends SharedProcess {
  begin(env: Env, alone: boolean): Promise<Running>
  /** Ends it, if it has not ended by itself after a while. */
  leave(): Promise<void>
}

function takeLiving(idle: Child[]): Child | undefined {
  for (let child = idle.pop(); child; child = idle.pop()) if (!child.lateEnd()) return child
  return undefined
}

/** @param idle takes it when it is released, where its driver can begin again */
function open({ command, patienceMs, cwd }: StdioOptions, idle: Child[]): Child {
  // A group of its own: what the shell starts is ended with it.
  const [file, args, shell] = started(command)
  const child = spawn(file, args, { shell, detached: true, stdio: ['pipe', 'pipe', 'pipe'], ...(cwd && { cwd }) })
  const waiting = new Map<number, Waiting>()
  /** What it wrote in the story that it is in. */
  let written = { output: '', strays: [] as string[] }
  let ended: string | undefined
  /** Its input has ended: it has nothing left to do but to exit with 0. */
  let leaving = false
  /** What ends it is us. */
  let slain = false
  /** Whether some question had no answer in time. */
  let stuck = false
  /** Stories that are over. */
  let played = 0
  let ids = 0
  let patience = patienceMs

  const hear = (text: string) => {
    if (written.output.length < longestOutput) written.output += text.slice(0, longestOutput - written.output.length)
  }
  const lose = (how: 'died' | 'timed out', words: string) => {
    for (const { fail } of waiting.values()) fail(new ClientLost(how, words))
    waiting.clear()
  }
  const isGone = mayBeLeft(() => slay(child))
  const gone = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      isGone()
      ended ??= `it could not be started: ${error.message}`
      lose('died', ended)
      resolve()
    })
    child.once('close', (code, signal) => {
      isGone()
      if (!slain && !(leaving && code === 0))
        ended ??= wordsFor(code, signal) + (leaving ? ' at the end of its input' : '')
      lose('died', `The process ended with ${ended ?? 'SIGKILL'}.`)
      resolve()
    })
  })
  // A client that is gone closes its pipes: the end itself is told by `close`.
  for (const pipe of [child.stdin, child.stdout, child.stderr]) pipe.on('error', () => {})
  const errors = new StringDecoder('utf8')
  child.stderr.on('data', (bytes: Buffer) => hear(errors.write(bytes)))
  readLines(child, (line) => {
    const answer = readAnswer(line)
    const asked = typeof answer === 'string' ? undefined : waiting.get(answer.id)
    if (typeof answer === 'string' || !asked) {
      if (written.strays.length < mostStrays) written.strays.push(line.slice(0, 200))
      return hear(`${line}\n`)
    }
    waiting.delete(answer.id)
    try {
      asked.settle(answer.as(asked.op))
    } catch (error) {
      asked.fail(error as Error)
    }
  })

  function send(op: Op | 'start', asked: object): { id: number; answer: Promise<Answered[Op] | Started> } {
    const id = ++ids
    const answer = new Promise<Answered[Op] | Started>((settle, fail) => {
      const late = setTimeout(() => {
        waiting.delete(id)
        stuck = true
        fail(new ClientLost('timed out', `No answer to ${op} within ${patience / 1000} s.`))
      }, patience)
      const done = <Value>(act: (value: Value) => void) => {
        return (value: Value) => {
          clearTimeout(late)
          act(value)
        }
      }
      if (ended !== undefined || leaving)
        return done(fail)(new ClientLost('died', `The process ended with ${ended ?? 'SIGKILL'}.`))
      waiting.set(id, { op, settle: done(settle), fail: done(fail) })
      child.stdin.write(`${JSON.stringify({ id, op, ...asked })}\n`)
    })
    return { id, answer }
  }

  const kill = async () => {
    leaving = true
    slain = true
    slay(child)
    await gone
  }
  const end = async (graceMs = 300) => {
    if (ended !== undefined || leaving) return
    leaving = true
    child.stdin.end()
    const signals = (['SIGTERM', 'SIGKILL'] as const).map((signal, place) =>
      setTimeout(
        () => {
          slain = true
          if (signal === 'SIGTERM') child.kill(signal)
          else slay(child)
        },
        graceMs * (place + 1),
      ),
    )
    await gone
    signals.forEach(clearTimeout)
    // What it has started and left behind.
    slay(child)
  }
  const leave = async () => {
    await within(afterwardsMs, gone)
    await end()
  }
  async function begin(env: Env, alone: boolean): Promise<Running> {
    const mine = { output: '', strays: [] as string[] }
    written = mine
    patience = patienceFor(env, patienceMs)
    try {
      const started = (await send('start', { protocol: protocolVersion, env }).answer) as Started
      const isShared = !alone && started.features.again === true
      return {
        started,
        shared: isShared ? self : undefined,
        ask: (op, asked) => send(op, asked) as Asking<typeof op>,
        kill,
        end,
        async release() {
          const isFree = ended === undefined && !leaving && !stuck && waiting.size === 0
          if (alone) return leave()
          if (!isFree || !isShared) return end()
          played++
          idle.push(self)
        },
        output: () => mine.output,
        strays: () => mine.strays,
        ended: () => ended,
      }
    } catch (error) {
      if (stuck) ended ??= (error as Error).message
      await kill()
      const { output } = mine
      if (error instanceof Error && output.trim()) error.message += ` It wrote: ${output.trim().slice(-500)}`
      throw error
    }
  }
  const self: Child = { begin, leave, lateEnd: () => (played > 0 ? ended : undefined) }
  return self
}

/** Waits for something, but no longer. */
async function within(longestMs: number, what: Promise<unknown>): Promise<void> {
  let late: NodeJS.Timeout | undefined
  await Promise.race([what, new Promise<void>((resolve) => (late = setTimeout(resolve, longestMs)))])
  clearTimeout(late)
}

/** What starts a command. A shell is a process more for each story: plain words need none. */
function started(command: string): [file: string, args: readonly string[], shell: boolean] {
  const [file = '', ...args] = command.trim().split(/ +/)
  const isPlain = /^[\w./@%+,:-]+$/.test(file) && args.every((word) => /^[\w./@%+,:=-]+$/.test(word))
  return isPlain ? [file, args, false] : [command, [], true]
}

/** A signal is no exit code, and above all not 0; a shell tells that of its command as a number above 128. */
function wordsFor(code: number | null, signal: NodeJS.Signals | null): string {
  const [name] = Object.entries(constants.signals).find(([, number]) => number + 128 === code) ?? [signal]
  return name ? `signal ${name}` : `exit code ${code}`
}

/** Ends a process with all that it has started. */
function slay({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch {
    // It is gone.
  }
}

function readLines({ stdout }: ChildProcess, take: (line: string) => void): void {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  stdout?.on('data', (bytes: Buffer) => {
    const lines = (rest + decoder.write(bytes)).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > longestLine) rest = ''
    for (const line of lines) if (line.trim()) take(line)
  })
}
