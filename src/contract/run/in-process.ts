import type { ClientUnderTest, Factory } from '../client-under-test.ts'
import type { Answered, Asked, DriverProblem, Env, Op, Started } from '../protocol/messages.ts'
import { patienceFor } from './env.ts'
import { type Asking, ClientLost, DriverError, type Launcher, longestOutput, type Running } from './running.ts'

/** How a factory's clients are waited for, and what they are called. */
export interface InProcessOptions {
  readonly patienceMs: number
  readonly client?: string
}

/** A client may finish what it has begun for so many real milliseconds. */
const closingMs = 2_000

const optional = ['disconnect', 'webhook', 'status', 'advance', 'store'] as const

/** Clients in this process. */
export const inProcess = (factory: Factory, { patienceMs, client = 'client' }: InProcessOptions): Launcher => ({
  words: 'in process',
  kind: 'in process',
  parallel: 8,
  launch: (env) => launch(factory, env, patienceFor(env, patienceMs), client),
  close: async () => {},
})

async function launch(factory: Factory, env: Env, patienceMs: number, name: string): Promise<Running> {
  let output = ''
  const log = (line: string) => {
    if (output.length < longestOutput) output += `${line}\n`
  }
  const made = await inTime('start', patienceMs, async () => factory(env, log))
  const ops = optional.filter((op) => made[op] !== undefined)
  const started: Started = {
    ...{ client: name, version: '0', language: 'typescript' },
    ops: ['begin', 'callback', 'call', 'cancel', ...ops],
    features: made.features ?? {},
  }
  const calls = new Map<number, AbortController>()
  let dropped = false
  const end = async () => {
    if (dropped) return
    dropped = true
    // One that hangs is left alone: nothing asks it any more.
    await inTime('close', closingMs, () => made.close()).catch(() => {})
  }
  let ids = 0
  return {
    started,
    ask(op, asked) {
      const id = ++ids
      const answer = (async () => {
        if (dropped) throw new ClientLost('died', 'The object was dropped.')
        if (op === 'cancel') {
          calls.get((asked as Asked['cancel']).call)?.abort()
          return {}
        }
        const call = new AbortController()
        calls.set(id, call)
        const answered = await inTime(op, patienceMs, () => askOf(made, op, asked, call.signal))
        return answered ?? {}
      })()
      return { id, answer } as Asking<typeof op>
    },
    async kill() {
      dropped = true
    },
    end,
    release: end,
    output: () => output,
    strays: () => [],
    ended: () => undefined,
  }
}

async function askOf<Name extends Op>(made: ClientUnderTest, op: Name, asked: Asked[Name], signal: AbortSignal) {
  const verb = made[op as keyof ClientUnderTest] as
    | ((asked: Asked[Name], signal: AbortSignal) => Promise<Answered[Name]>)
    | undefined
  if (!verb) throw new DriverError({ kind: 'unsupported', message: `The client has no ${op}().` })
  return verb.call(made, asked, signal)
}

/** @throws {DriverError} what the client throws @throws {ClientLost} where it is silent */
async function inTime<Value>(op: string, patienceMs: number, act: () => Promise<Value>): Promise<Value> {
  let late: NodeJS.Timeout | undefined
  const silence = new Promise<never>((_, fail) => {
    const words = `No answer to ${op} within ${patienceMs / 1000} s.`
    late = setTimeout(() => fail(new ClientLost('timed out', words)), patienceMs)
  })
  try {
    return await Promise.race([act(), silence])
  } catch (error) {
    if (error instanceof DriverError || error instanceof ClientLost) throw error
    const kind: DriverProblem['kind'] = (error as Error)?.name === 'RefusedConfiguration' ? 'configuration' : 'failed'
    throw new DriverError({ kind, message: `${op}() throws ${String(error)}` })
  } finally {
    clearTimeout(late)
  }
}
