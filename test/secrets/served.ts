import { spawn } from 'node:child_process'
import type { PlayedProvider } from 'mock-oauth'
import { onTestFinished } from 'vitest'
import { bin, endOf, environment, linesOf } from '../cli/command.ts'

/** A `serve` as a person starts it, with all that it has printed so far. */
export interface Terminal {
  readonly url: string
  readonly providers: Readonly<Record<string, PlayedProvider>>
  printed(): { readonly stdout: string; readonly stderr: string }
  /** A call of the control API: `GET /grants`. */
  control<Answer>(call: string, body?: object): Promise<Answer>
}

/** Starts `serve` with every provider; it ends with the test. */
export async function serveAll(): Promise<Terminal> {
  const child = spawn(process.execPath, [bin, 'serve', '--port', '0', '--consent', 'approve', '--seed', 'canaries'], {
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = endOf(child)
  onTestFinished(async () => {
    child.kill()
    await ended
  })
  const printed = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (chunk: Buffer) => {
      printed[name] += chunk
    })
  }
  const next = linesOf(child.stdout)
  const url = (await next()).replace('ready at ', '')
  const control = async <Answer>(call: string, body?: object): Promise<Answer> => {
    const [method = '', path = ''] = call.split(' ')
    const sent = body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    const answer = await fetch(`${url}/_mock${path}`, { method, ...sent })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${call}: ${answer.status} ${text}`)
    return JSON.parse(text === '' ? 'null' : text)
  }
  return { url, providers: await control('GET /providers'), printed: () => printed, control }
}
