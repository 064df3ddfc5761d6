import type { EventSourceMessage } from 'eventsource-parser'
import { checkWorldName, prefixOf } from '../control/world-name.ts'
import { bearer, type Called, type ControlAddress, callControl, refusedIn, whoIsAt } from '../remote/control-call.ts'
import { defaultName } from '../world/world.ts'
import { Stop } from './stop.ts'

/** Where the server is, and what its control API wants. */
export interface ServerOptions {
  url: string
  controlToken?: string
  /** Which of its worlds; the default one when left out. */
  world?: string
}

/** The control API of a running server. */
export interface Control {
  readonly url: string
  get<Answer>(path: string): Promise<Answer>
  post<Answer>(path: string, body?: object): Promise<Answer>
  patch<Answer>(path: string, body: object): Promise<Answer>
  remove<Answer>(path: string): Promise<Answer>
  put<Answer>(path: string, body: object): Promise<Answer>
  /** Its events as they happen; after a number, where one is given. */
  events(since?: number): AsyncIterable<EventSourceMessage>
}

/**
 * The base of a server's URLs, from what a person typed.
 * @throws {Stop} for what is no http URL
 */
export function baseOf({ url }: ServerOptions): string {
  const whole = /^https?:\/\//i.test(url) ? url : `http://${url}`
  if (!URL.canParse(whole) || /^[a-z]+:\/\/.*:\/\//i.test(whole)) {
    throw new Stop(2, `"${url}" is not the URL of a server. Expected one like http://127.0.0.1:4420.`)
  }
  return whole.replace(/\/+$/, '')
}

/**
 * Finds a running server.
 * @throws {Stop} when there is none, or something else answers
 * @throws {MockOAuthError} `invalid_world`
 */
export async function findServer(options: ServerOptions): Promise<Control> {
  if (options.world !== undefined) checkWorldName(options.world)
  const base = baseOf(options)
  const presence = await whoIsAt(base)
  if (presence === 'nobody') {
    throw new Stop(
      1,
      `There is no server at ${base}. Start one with "npx mock-oauth serve", or say where it is with --url or MOCK_OAUTH_URL.`,
    )
  }
  if (presence !== 'ready') throw new Stop(1, amissAt(base, presence))
  const at = base + prefixOf(options.world ?? defaultName)
  const { controlToken } = options
  const call = <Answer>(method: string, path: string, body?: object) =>
    ask<Answer>({ base: at, controlToken }, method, path, body)
  return {
    url: at,
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body ?? {}),
    patch: (path, body) => call('PATCH', path, body),
    remove: (path) => call('DELETE', path),
    put: (path, body) => call('PUT', path, body),
    events: (since) => listen(at, options, since),
  }
}

/** The sentence for what answers, and is no server that can be spoken to. */
export function amissAt(base: string, presence: 'stranger' | 'untrusted'): string {
  if (presence === 'untrusted') {
    return `The certificate of ${base} is not trusted here. Set NODE_EXTRA_CA_CERTS as "serve --tls" printed it when it started.`
  }
  const secure = base.startsWith('http:') ? ' One that was started with --tls has a URL that begins with https.' : ''
  return `What answers at ${base} is not mock-oauth. Say where the server is with --url or MOCK_OAUTH_URL.${secure}`
}

async function ask<Answer>(at: ControlAddress, method: string, path: string, body?: object): Promise<Answer> {
  const called = await callControl<Answer>(at, method, path, body)
  if ('answer' in called) return called.answer
  throw stopFor(at.base, called)
}

/** What a call that brought nothing says to the person who made it. */
function stopFor(base: string, called: Exclude<Called<never>, { answer: never }>): Stop {
  if ('failed' in called) {
    const broken = `The server at ${base} broke off. Is it still running?`
    return new Stop(1, called.failed === 'broke off' ? broken : amissAt(base, 'stranger'))
  }
  const { code = '', message } = called.refused
  const hint = code === 'forbidden' ? ' Here: --control-token or MOCK_OAUTH_CONTROL_TOKEN.' : ''
  return new Stop(/^(unknown_|invalid_|no_webhooks|no_signing_keys)/.test(code) ? 2 : 1, message + hint)
}

async function* listen(
  base: string,
  { controlToken }: ServerOptions,
  since?: number,
): AsyncGenerator<EventSourceMessage> {
  const { EventSourceParserStream } = await import('eventsource-parser/stream')
  const query = since === undefined ? '' : `?since=${since}`
  const headers = bearer(controlToken)
  const response = await fetch(`${base}/_mock/events${query}`, { headers, redirect: 'manual' }).catch(() => undefined)
  if (!response?.ok || !response.body) throw stopFor(base, refusedIn((await response?.text().catch(() => '')) ?? ''))
  const events = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream())
  try {
    yield* events
  } catch {
    // Broken off in the middle: the server has ended.
  }
}
