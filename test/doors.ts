import { request as httpRequest, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { createMockOAuth, type MockOAuth, type MockOAuthOptions } from 'mock-oauth'
import { onTestFinished } from 'vitest'

/** What a test sends; header names are lower case. */
export interface Init {
  method?: string
  headers?: Record<string, string>
  body?: string
}

/** What comes back. Headers that belong to one connection only are left out. */
export interface Answer {
  status: number
  headers: [name: string, value: string][]
  body: string
}

/** A mock and a way to its providers' own URLs. Closed when the test ends. */
export interface Open {
  mock: MockOAuth
  request(providerUrl: string, init?: Init): Promise<Answer>
}

/** One way to reach a mock. The suites do not know which. */
export interface Door {
  name: string
  open(options: MockOAuthOptions): Promise<Open>
}

const direct: Door = {
  name: 'a direct call',
  async open(options) {
    const mock = await createMockOAuth(options)
    onTestFinished(() => mock.close())
    return {
      mock,
      async request(url, { method = 'GET', headers = {}, body = '' } = {}) {
        const answer = await mock.handle({ method, url, headers, body })
        return {
          status: answer.status,
          headers: answer.headers.map(([name, value]) => [name, value]),
          body: answer.body,
        }
      },
    }
  },
}

const fastify: Door = {
  name: 'Fastify over HTTP',
  async open(options) {
    const mock = await createMockOAuth(options)
    const { url: server } = await mock.listen({ port: 0 })
    onTestFinished(() => mock.close())
    return { mock, request: (url, init) => send(server, url, init) }
  },
}

/** Every way to reach a mock. */
export const doors: readonly Door[] = [direct, fastify]

const ofTheConnection = new Set(['connection', 'keep-alive', 'content-length', 'transfer-encoding'])

/** Sends a request for a provider's own URL to a server on this machine, as a changed hosts file would. */
async function send(server: string, url: string, { method = 'GET', headers = {}, body = '' }: Init = {}) {
  const [, host = '', target = '/'] = /^https:\/\/([^/]+)(.*)$/s.exec(url) ?? []
  const { hostname, port } = new URL(server)
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    httpRequest({ hostname, port, method, path: target, headers: { ...headers, host }, agent: false }, resolve)
      .on('error', reject)
      .end(body)
  })
  return { status: answer.statusCode ?? 0, headers: headersOf(answer), body: await text(answer) }
}

function headersOf({ rawHeaders }: IncomingMessage): Answer['headers'] {
  const pairs: Answer['headers'] = []
  for (let i = 0; i < rawHeaders.length; i += 2) pairs.push([rawHeaders[i] ?? '', rawHeaders[i + 1] ?? ''])
  return pairs.filter(([name]) => !ofTheConnection.has(name.toLowerCase()))
}
