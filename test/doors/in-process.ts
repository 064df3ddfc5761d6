import type { HttpRequest, HttpResponse } from 'mock-oauth'
import { oauthFetch } from 'mock-oauth/fetch'
import { inside } from '../../src/control/inside.ts'
import { serve } from '../../src/engine/serve.ts'
import { itself } from '../../src/engine/visit.ts'
import { type Answer, type Door, doorOf, type Send } from './door.ts'

const calling =
  (handle: (request: HttpRequest) => Promise<HttpResponse>): Send =>
  async (url, { method = 'GET', headers = {}, body = '' } = {}) => {
    const answer = await handle({ method, url, headers, body })
    return { status: answer.status, headers: answer.headers.map(([name, value]) => [name, value]), body: answer.body }
  }

/** The engine itself. */
export const direct: Door = doorOf('a direct call', (mock) =>
  calling((request) => serve(request, mock[inside].worlds.main, itself)),
)

/** `createMockOAuth()` without a port. */
export const embedded: Door = doorOf('mock.handle', (mock) => calling(mock.handle))

/** `mock-oauth/fetch` */
export const fetching: Door = doorOf('fetch', (mock) => {
  const fetch = oauthFetch(mock)
  return async (url, { body, ...init } = {}) => {
    const answer = await fetch(new Request(url, { ...init, ...(body && { body }), redirect: 'manual' }))
    const headers: Answer['headers'] = [...answer.headers]
    return { status: answer.status, headers, body: await answer.text(), isUnordered: true }
  }
})
