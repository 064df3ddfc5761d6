/** The door for fetch-style servers, and for clients that take a `fetch` of one's own. */

import { inside } from './control/inside.ts'
import type { MockWorld } from './control/mock-world.ts'
import { createDoorways } from './entrance/doorways.ts'
import { createEntrance } from './entrance/entrance.ts'
import { arrivalOf } from './web/arrival.ts'
import { responseOf } from './web/response.ts'

/** Where a mock stands in a server. */
export interface OAuthFetchOptions {
  /** Under which all of it stands: `/oauth`. Default: nothing. */
  basePath?: string
}

/** Answers web Requests from a mock, with all its worlds, or from one world alone. */
export function oauthFetch(
  mock: MockWorld,
  { basePath }: OAuthFetchOptions = {},
): (request: Request) => Promise<Response> {
  const enter = createEntrance<undefined>(mock[inside].worlds, createDoorways(basePath), (_, letGo) => letGo())
  return async (request) => responseOf((await enter(await arrivalOf(request), undefined)).response)
}
