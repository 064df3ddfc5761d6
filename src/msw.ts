/** The door for Mock Service Worker, in Node and in a browser. */

import { HttpHandler } from 'msw'
import { insideOf } from './control/inside.ts'
import type { MockWorld } from './control/mock-world.ts'
import { splitUrl } from './engine/url.ts'
import type { Environment } from './vocabulary/environment.ts'
import { MockOAuthError } from './vocabulary/misuse.ts'
import { type Answer, createAnswer } from './web/answer.ts'

/**
 * Handlers that answer the providers' real hosts from a mock, or from one world alone, by all that it plays when a request
 * comes. What it does not know falls through to the handlers behind them.
 * @throws {MockOAuthError} `host_ambiguous` where two of the providers share a host; `invalid_option` for what is no mock
 */
export function oauthHandlers(mock: MockWorld): HttpHandler[] {
  const reached = insideOf(mock)
  const { main } = reached.worlds
  const keys = main.environments.map(({ key }) => key)
  checkHosts(main.environments)
  const knows = (url: string) => main.environments.some(({ routes }) => routes.has(url))
  return [new OAuthHandler(`mock-oauth (${keys.join(', ')})`, knows, createAnswer(reached))]
}

/** By a set of URLs, which MSW's own paths cannot say, and which may change: a handler that only looks decides late. */
class OAuthHandler extends HttpHandler {
  readonly #knows: (url: string) => boolean

  constructor(name: string, knows: (url: string) => boolean, answer: Answer) {
    super(/.+/, name, ({ request }) => answer(request).catch((reason) => nobodyWaits(request, reason)))
    this.#knows = knows
  }

  override async parse({ request }: { request: Request }) {
    return { match: { matches: this.#knows(splitUrl(request.url).url), params: {} }, cookies: {} }
  }
}

/** A client that has given up knows why; MSW would show its reason as a fault of the handler. */
function nobodyWaits({ signal }: Request, reason: unknown): Response {
  if (signal.aborted) return Response.error()
  throw reason
}

/** MSW tells a provider by its host alone. */
function checkHosts(environments: readonly Environment[]): void {
  for (const { key, origins } of environments) {
    for (const origin of origins) {
      const other = environments.find((one) => one.key !== key && one.origins.includes(origin))
      if (!other) continue
      const message = `${origin} is a host of ${key} and of ${other.key}, and MSW tells a provider by its host alone. Play one of them: leave "${other.key}" or "${key}" out of createMockOAuth({ providers: […] }).`
      throw new MockOAuthError('host_ambiguous', message)
    }
  }
}
