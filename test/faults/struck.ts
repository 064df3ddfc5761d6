import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { connect, type Socket } from 'node:net'
import { createMockOAuth, type FaultInput, type MockOAuthOptions } from 'mock-oauth'
import { onTestFinished } from 'vitest'

/** What came to a client: how much of an answer, and how the connection ended. */
export interface Arrived {
  status: number
  headers: IncomingHttpHeaders
  body: string
  /** The code of the error that the client sees, if it sees one. */
  error?: string
}

/** Mekari on a port, with a connected client and a fault. */
export async function struck(fault: FaultInput | readonly FaultInput[] = [], options: Partial<MockOAuthOptions> = {}) {
  const mock = await createMockOAuth({ providers: ['mekari'], seed: 'faults', ...options })
  onTestFinished(() => mock.close())
  const { url, provider } = await mock.listen({ port: 0 })
  const { tokenUrl, apiUrl, clientId: client_id, clientSecret: client_secret, scopes } = provider()
  const armed = [fault].flat().map((one) => mock.faults.arm(one))
  const refreshWith = (refresh_token: string) =>
    JSON.stringify({ client_id, client_secret, grant_type: 'refresh_token', refresh_token, scope: scopes.join(' ') })
  /** A refresh of a new pair, as an HTTP request's text. */
  const refreshRequest = async (): Promise<string> => {
    const body = refreshWith((await mock.mint()).refreshToken ?? '')
    const head = `POST ${new URL(tokenUrl).pathname} HTTP/1.1\r\nHost: ${new URL(url).host}\r\nContent-Type: application/json`
    return `${head}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  }
  return { mock, url, tokenUrl, apiUrl, armed, refreshWith, refreshRequest }
}

/** Sends a request by Node's own client, and waits for its end, whichever it is. */
export function call(
  url: string,
  {
    method = 'GET',
    body = '',
    headers = {},
    agent,
  }: { method?: string; body?: string; headers?: object; agent?: object },
): Promise<Arrived> {
  const json = body === '' ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
  return new Promise((resolve) => {
    const arrived: Arrived = { status: 0, headers: {}, body: '' }
    const end = (error?: NodeJS.ErrnoException) => resolve(error ? { ...arrived, error: error.code ?? '' } : arrived)
    const sent = httpRequest(url, { method, headers: { ...json, ...headers }, ...(agent && { agent: agent as never }) })
    sent.on('error', end)
    sent.on('response', (answer) => {
      Object.assign(arrived, { status: answer.statusCode, headers: answer.headers })
      answer.setEncoding('utf8')
      answer.on('data', (chunk: string) => {
        arrived.body += chunk
      })
      answer.on('error', end)
      answer.on('end', () => end())
    })
    sent.end(body)
  })
}

/** A connection by hand: what it got so far, and what comes next. */
export async function connection(url: string) {
  const { hostname, port } = new URL(url)
  const socket: Socket = connect(Number(port), hostname)
  onTestFinished(() => void socket.destroy())
  let text = ''
  let error: string | undefined
  const changed = new Set<() => void>()
  const change = () => {
    for (const look of changed) look()
  }
  socket.setEncoding('utf8')
  socket.on('data', (chunk: string) => {
    text += chunk
    change()
  })
  socket.on('error', (failure: NodeJS.ErrnoException) => {
    error = failure.code
  })
  const closed = new Promise<string | undefined>((resolve) => socket.on('close', () => resolve(error)))
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()))
  return {
    socket,
    send: (request: string) => void socket.write(request),
    got: () => text,
    /** Returns once so much text has come that it holds this. */
    gets: (wanted: RegExp) =>
      new Promise<string>((resolve) => {
        const look = () => {
          if (!wanted.test(text)) return
          changed.delete(look)
          resolve(text)
        }
        changed.add(look)
        look()
      }),
    /** Returns at the end of the connection, with its error code where it was reset. */
    closed,
  }
}
