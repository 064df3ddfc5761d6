/** The door for Mock Service Worker, in Node and in a browser. */

import { type HttpHandler, http } from 'msw'
import { inside } from './control/inside.ts'
import type { MockWorld } from './control/mock-world.ts'
import { oauthFetch } from './fetch.ts'
import type { Environment } from './vocabulary/environment.ts'

/** Handlers that answer the providers' real hosts from a mock, or from one world alone. What they do not know falls through. */
export function oauthHandlers(mock: MockWorld): HttpHandler[] {
  const answer = oauthFetch(mock)
  return mock[inside].worlds.main.environments.map((environment) =>
    http.all(urlsOf(environment), ({ request }) => answer(request)),
  )
}

/** Matches the URLs at which something of an environment stands. */
const urlsOf = ({ routes }: Environment): RegExp =>
  new RegExp(`^(?:${[...routes.keys()].map((url) => url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})$`)
