import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { createMockOAuth } from 'mock-oauth'
import { onTestFinished } from 'vitest'
import type { ProviderId } from '../../../src/contract/clause.ts'
import type { Answered, Asked, Env, Op, RequestLine, Started } from '../../../src/contract/protocol/messages.ts'
import { environment, folderWith, root } from '../../cli/command.ts'

/** How a client is set up at a provider by its documentation. */
const setUps: Readonly<Record<ProviderId, Pick<Env, 'clientAuth' | 'bodyFormat' | 'pkce'>>> = {
  mekari: { clientAuth: 'body', bodyFormat: 'json', pkce: false },
  'mercado-pago': { clientAuth: 'secretOnly', bodyFormat: 'form', pkce: true },
  finexer: { clientAuth: 'body', bodyFormat: 'form', pkce: false },
  mercury: { clientAuth: 'basic', bodyFormat: 'form', pkce: true },
  standard: { clientAuth: 'basic', bodyFormat: 'form', pkce: true },
}

/** A client that runs as a program, and a provider that it knows. */
export async function driven(command: readonly string[], provider: ProviderId) {
  const mock = await createMockOAuth({ providers: [provider], seed: 'clients' })
  onTestFinished(() => mock.close())
  const listening = await mock.listen({ port: 0 })
  const { redirectUris, clientSecret = '', issuer, ...known } = listening.provider(provider)
  const env: Env = {
    ...known,
    ...setUps[provider],
    ...(issuer !== undefined && provider === 'standard' && { issuer }),
    provider,
    clientSecret,
    redirectUri: redirectUris[0] ?? '',
    requestTimeoutMs: 2000,
    storeDir: folderWith({}),
    logLevel: 'info',
  }
  const start = async () => {
    const talk = talking(command)
    return { ...talk, started: (await talk.send({ id: 0, op: 'start', protocol: 1, env })) as Started }
  }
  let running = await start()
  let count = 0
  const ask = <Name extends Op>(op: Name, asked: Asked[Name]): Promise<Answered[Name]> =>
    running.send({ id: ++count, op, ...asked } as RequestLine)
  return {
    started: running.started,
    ask,
    /** The whole login. */
    async connect(decision: 'approve' | 'deny') {
      const { url } = await ask('begin', { session: decision })
      const { redirectTo = '' } = await mock.authorize(url, { decision })
      return ask('callback', { session: decision, url: redirectTo })
    },
    async advance(minutes: number) {
      await mock.clock.advance(`${minutes}m`)
      await ask('advance', { seconds: minutes * 60 })
    },
    async restart() {
      running.kill()
      running = await start()
    },
  }
}

/** A program that answers line by line. */
function talking([file = '', ...args]: readonly string[]) {
  const child = spawn(file, args, { cwd: root, env: environment(), stdio: ['pipe', 'pipe', 'ignore'] })
  const kill = () => void child.kill('SIGKILL')
  onTestFinished(kill)
  const waiting = new Map<number, (line: string) => void>()
  createInterface({ input: child.stdout }).on('line', (line) => waiting.get(JSON.parse(line).id)?.(line))
  return {
    kill,
    async send(asked: RequestLine) {
      const line = await new Promise<string>((resolve) => {
        waiting.set(asked.id, resolve)
        child.stdin.write(`${JSON.stringify(asked)}\n`)
      })
      const { ok } = JSON.parse(line)
      if (ok === undefined) throw new Error(line)
      return ok
    },
  }
}
