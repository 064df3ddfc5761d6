import type { Inside } from '../control/inside.ts'
import { createDoorways } from '../entrance/doorways.ts'
import { createEntrance } from '../entrance/entrance.ts'
import { arrivalOf } from './arrival.ts'
import { createDeliver } from './deliver.ts'
import { responseOf } from './response.ts'

/**
 * Answers a web Request. A Response whose type is `error` stands for a connection that was reset.
 * @throws the reason of the request's signal, once it is aborted
 */
export type Answer = (request: Request) => Promise<Response>

/** A request's hold on its world. */
interface Stay {
  letGo?: () => void
}

/**
 * What answers web Requests from a mock, in this process.
 * @param basePath under which all of it stands: `/oauth`, or nothing
 */
export function createAnswer({ worlds, outside, closed }: Inside, basePath?: string): Answer {
  const deliver = createDeliver(outside.alarm)
  const enter = createEntrance<Stay>(worlds, createDoorways(basePath), (stay, letGo) => {
    stay.letGo = letGo
  })

  async function answer(request: Request): Promise<Response> {
    const stay: Stay = {}
    let over: Promise<unknown> | undefined
    try {
      const { response, cleared } = await enter(await arrivalOf(request), stay)
      if (!response.delivery || !cleared) return responseOf(response)
      const delivered = await deliver(response, response.delivery, request.signal, [cleared, closed])
      over = delivered.over
      return delivered.response
    } finally {
      if (stay.letGo) void Promise.resolve(over).then(stay.letGo)
    }
  }

  return (request) =>
    new Promise((resolve, reject) => {
      const { signal } = request
      const leave = () => reject(signal.reason)
      if (signal.aborted) return leave()
      // A client that gives up while the engine is at work does not wait for it; what is done is done.
      signal.addEventListener('abort', leave, { once: true })
      answer(request).then(resolve, reject)
    })
}
