import { createInterface } from 'node:readline'
import type { AnswerLine, ClientUnderTest, DriverProblem, Env, Op, Started } from 'mock-oauth/contract'
import { createClient } from './client.ts'

/** Drives the client over standard input and output: a line of JSON in, a line of JSON out, in any order. */

const about = { client: 'careful-client', version: '1.0.0', language: 'typescript' }
const verbs = ['begin', 'callback', 'call', 'disconnect', 'webhook', 'status', 'advance', 'store'] as const

type Verb = (typeof verbs)[number]
type Asked = { id: number; op: string; env?: Env; call?: number }

let client: Promise<ClientUnderTest> | undefined
const calls = new Map<number, AbortController>()

// Standard output is for answers alone.
const log = (line: string) => void process.stderr.write(`${line}\n`)
const say = (line: AnswerLine) => void process.stdout.write(`${JSON.stringify(line)}\n`)

class Problem extends Error {
  readonly kind: DriverProblem['kind']

  constructor(kind: DriverProblem['kind'], message: string) {
    super(message)
    this.kind = kind
  }
}

async function start(env: Env): Promise<Started> {
  const before = client
  client = (async () => {
    await (await before?.catch(() => undefined))?.close()
    return createClient(env, log)
  })()
  const made = await client
  const ops: Op[] = [...verbs.filter((verb) => made[verb]), 'cancel']
  return { ...about, ops, features: { ...made.features, again: true } }
}

async function answer({ id, op, env, call: number, ...asked }: Asked): Promise<object> {
  if (op === 'start' && env) return start(env)
  if (!client) throw new Problem('failed', 'Not started yet.')
  if (op === 'cancel') {
    calls.get(number ?? 0)?.abort()
    return {}
  }
  const made = await client
  const verb = made[op as Verb] as ((asked: object, signal: AbortSignal) => Promise<object | undefined>) | undefined
  if (!verbs.includes(op as Verb) || !verb) throw new Problem('unsupported', `There is no ${op} here.`)
  const call = new AbortController()
  calls.set(id, call)
  try {
    return (await verb.call(made, asked, call.signal)) ?? {}
  } finally {
    calls.delete(id)
  }
}

const kindOf = (error: unknown): DriverProblem['kind'] => {
  if (error instanceof Problem) return error.kind
  return error instanceof Error && error.name === 'RefusedConfiguration' ? 'configuration' : 'failed'
}

const lines = createInterface({ input: process.stdin })
lines.on('line', (line) => {
  let asked: Asked
  try {
    asked = JSON.parse(line)
  } catch {
    return log('A line is no JSON.')
  }
  answer(asked).then(
    (ok) => say({ id: asked.id, ok } as AnswerLine),
    (error) => say({ id: asked.id, error: { kind: kindOf(error), message: String(error?.message ?? error) } }),
  )
})
lines.on('close', () => client?.then((made) => made.close()).catch(() => {}))
// Nobody hears us any more.
process.stdout.on('error', () => process.exit())
