import { createMockOAuth, type Listening, type MockOAuth, type MockOAuthOptions } from 'mock-oauth'
import { onTestFinished } from 'vitest'
import { sendRaw } from '../laws/http.ts'

/** An answer, as far as these tests look at it. */
export interface Said {
  readonly status: number
  readonly text: string
}

/** A server that approves by itself, and ways to call it. */
export interface Served {
  readonly mock: MockOAuth
  readonly server: Listening
  readonly url: string
  get(path: string, headers?: Record<string, string>): Promise<Said>
  post(path: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Said>
  /** `GET /_mock/clock`; a body is sent as JSON. */
  control(call: string, body?: object, headers?: Record<string, string>): Promise<{ status: number; body: unknown }>
}

/** Serves providers until the test ends. */
export async function serve(providers: readonly string[], options: Partial<MockOAuthOptions> = {}): Promise<Served> {
  const mock = await createMockOAuth({ providers, seed: 'worlds', consent: 'approve', ...options })
  onTestFinished(() => mock.close())
  const server = await mock.listen({ port: 0 })
  const { url } = server
  const send = async (method: string, path: string, headers: Record<string, string>, body = ''): Promise<Said> => {
    const answer = await sendRaw(url, { method, url: `http://any${path}`, headers, body })
    return { status: answer.status, text: answer.body }
  }
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  return {
    mock,
    server,
    url,
    get: (path, headers = {}) => send('GET', path, headers),
    post: (path, fields, headers = {}) =>
      send('POST', path, { ...form, ...headers }, String(new URLSearchParams(fields))),
    async control(call, body, headers = {}) {
      const [method = '', path = ''] = call.split(' ')
      const json = body === undefined ? {} : { 'content-type': 'application/json' }
      const { status, text } = await send(method, path, { ...json, ...headers }, body && JSON.stringify(body))
      return { status, body: text === '' ? undefined : JSON.parse(text) }
    },
  }
}

/** The header that names a world. */
export const inWorld = (name: string) => ({ 'x-mock-oauth-world': name })

/** The header that presents a token. */
export const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
