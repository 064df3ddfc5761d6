import { createInterface } from 'node:readline'
import type { ClientUnderTest, Env } from 'mock-oauth/contract'
import { underTest } from './under-test.ts'

// What is logged anywhere goes to standard error: standard output is for answers alone.
console.log = console.error

const verbs = ['begin', 'callback', 'call'] as const
const about = { client: 'our-app', version: '1.0.0', language: 'typescript' }
let client: ClientUnderTest | undefined

async function answer({ id, op, env, ...asked }: { id: number; op: string; env?: Env }): Promise<object> {
  if (op === 'start' && env) {
    client = underTest(env)
    return { ok: { ...about, ops: verbs, features: client.features } }
  }
  const verb = verbs.find((one) => one === op)
  if (!verb || !client) return { error: { kind: 'unsupported', message: `There is no ${op} here.` } }
  try {
    return { ok: await client[verb](asked as never, new AbortController().signal) }
  } catch (error) {
    // The driver could not do it. What the client decides is an answer.
    return { error: { kind: 'failed', message: String(error) } }
  }
}

// Each line is answered when its answer is there: a slow call holds up no other.
const answers: Promise<unknown>[] = []
for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line)
  answers.push(answer(asked).then((said) => process.stdout.write(`${JSON.stringify({ id: asked.id, ...said })}\n`)))
}
// Nobody asks any more.
await Promise.all(answers)
process.exit()
