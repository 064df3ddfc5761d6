import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** A delivery as it came in: nothing parsed, nothing left out. */
export interface Received {
  readonly method: string
  /** Path and query. */
  readonly target: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** What a receiver answers: a status, a whole answer of its own making, or `hang` for none at all. */
export type Answer = number | 'hang' | ((response: ServerResponse) => void)

/** A receiver on a real port. */
export interface Receiver {
  readonly url: string
  readonly received: readonly Received[]
  /** The answers to come, in order; the last one stays. */
  answer(...answers: readonly [Answer, ...Answer[]]): void
  /** Waits until so many deliveries have come. */
  gets(count: number): Promise<readonly Received[]>
  /** Answers what hangs. */
  release(status: number): void
}

/** Opens a receiver that answers 200; it ends with the test. */
export async function receive(path = '/hooks', port = 0): Promise<Receiver> {
  const received: Received[] = []
  const waiting: (() => void)[] = []
  const hanging: ServerResponse[] = []
  let answers: readonly [Answer, ...Answer[]] = [200]
  const server = createServer((request, response) => {
    const { method = '', url: target = '', headers } = request
    let body = ''
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk
    })
    request.on('end', () => {
      const [answer, next, ...rest] = answers
      if (next !== undefined) answers = [next, ...rest]
      if (answer === 'hang') hanging.push(response)
      else if (typeof answer === 'number') response.writeHead(answer).end()
      else answer(response)
      received.push({ method, target, headers, body })
      for (const look of waiting.splice(0)) look()
    })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    received,
    answer(...next) {
      answers = next
    },
    async gets(count) {
      while (received.length < count) await new Promise<void>((resolve) => waiting.push(resolve))
      return received
    },
    release(status) {
      for (const response of hanging.splice(0)) response.writeHead(status).end()
    },
  }
}

/** A URL where nobody listens. */
export async function nobody(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return `http://127.0.0.1:${port}/hooks`
}
