import { createMockOAuth, type ListenOptions, type MockOAuthOptions } from 'mock-oauth'
import { expect, onTestFinished } from 'vitest'

/** Status and JSON of an answer. */
export interface Reply {
  status: number
  body: unknown
}

/** A server with an approving person, and calls of its control API: `GET /clock`. */
export async function serve(options: Partial<MockOAuthOptions> = {}, at: ListenOptions = {}) {
  const mock = await createMockOAuth({ providers: ['mekari'], seed: 'control', consent: 'approve', ...options })
  const { url } = await mock.listen({ port: 0, ...at })
  onTestFinished(() => mock.close())
  const control = async (call: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> => {
    const [method = '', path = ''] = call.split(' ')
    const content = { 'content-type': 'application/json', ...headers }
    const init = body === undefined ? { method, headers } : { method, headers: content, body: JSON.stringify(body) }
    const answer = await fetch(`${url}/_mock${path}`, init)
    const text = await answer.text()
    return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) }
  }
  return { mock, url, control }
}

/** The answer to a mistake. */
export const mistake = (status: number, code: string, message: unknown = expect.any(String)) => ({
  status,
  body: { error: { code, message } },
})
/** A message with all of these words. */
export const says = (...words: string[]) =>
  expect.stringMatching(new RegExp(words.map((word) => `(?=[^]*${word})`).join('')))
