/** The door for fetch-style servers, and for clients that take a `fetch` of one's own. */

import { insideOf } from './control/inside.ts'
import type { MockWorld } from './control/mock-world.ts'
import { basePathFrom, splitTarget, withoutBase } from './entrance/target.ts'
import { createAnswer } from './web/answer.ts'
import { connectionReset } from './web/reset.ts'

/** Where a mock stands in a server. */
export interface OAuthFetchOptions {
  /** Under which all of it stands: `/oauth`. Default: nothing. */
  basePath?: string
}

/** What `fetch` takes beside a URL, as clients write it: members that are undefined are not there. */
export type OAuthFetchInit = { [K in Exclude<keyof RequestInit, 'body'>]?: RequestInit[K] | undefined } & {
  body?: RequestInit['body'] | Uint8Array | undefined
}

/**
 * Takes what `fetch` takes, and answers it from the mock. A redirect is answered, not followed. It rejects with a `TypeError`
 * where a fault resets the connection, and with the reason of the signal once that is aborted.
 */
export type OAuthFetch = (input: string | URL | Request, init?: OAuthFetchInit) => Promise<Response>

/**
 * Answers web Requests from a mock, with all its worlds, or from one world alone: at the providers' own URLs, and at any other
 * host behind a prefix as on a server.
 * @throws {MockOAuthError} `invalid_option` for a base path that is no path of a URL, and for what is no mock
 */
export function oauthFetch(mock: MockWorld, { basePath: given = '' }: OAuthFetchOptions = {}): OAuthFetch {
  const basePath = basePathFrom(given)
  const answer = createAnswer(insideOf(mock), basePath)
  return async (input, init) => {
    const isRequest = typeof input === 'object' && 'headers' in input
    const request = isRequest && init === undefined ? input : new Request(input, init as RequestInit)
    if (isControl(request.url, basePath)) return new Response(notHere, { status: 404, headers: plain })
    const response = await answer(request)
    if (response.type === 'error') throw new TypeError('fetch failed', { cause: connectionReset() })
    return response
  }
}

/** Whether a URL is one of the control API, which only a server of ours has. */
function isControl(url: string, basePath: string): boolean {
  if (!url.includes('/_mock')) return false
  const { rest } = splitTarget(withoutBase(new URL(url).pathname, basePath))
  return /^\/_mock(?:\/|$)/.test(rest)
}

const notHere =
  'There is no control API here: it is the mock itself, as methods (mock.authorize(), mock.clock, mock.faults, mock.requests() …). Over HTTP it stands where mock.listen() or "mock-oauth serve" listens.\n'

const plain = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }
