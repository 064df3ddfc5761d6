/** The door for a Fastify app of one's own. */

import type { IncomingMessage, ServerResponse } from 'node:http'
import { Server } from 'node:tls'
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { insideOf } from './control/inside.ts'
import type { MockWorld } from './control/mock-world.ts'
import { createDoorways } from './entrance/doorways.ts'
import { basePathFrom } from './entrance/target.ts'
import { createApp } from './server/app.ts'
import { type Addressee, addressee } from './server/door.ts'
import { createGuard, isFromHere } from './server/guard.ts'
import { belowOf } from './server/tls.ts'
import { MockOAuthError } from './vocabulary/misuse.ts'

/** What is mounted; `prefix`, which is Fastify's own option, says where. */
export interface MockOAuthPluginOptions {
  /** A mock with all its worlds, or one world alone. */
  mock: MockWorld
  /** What control calls must present that may come from another machine; without it those are refused. */
  controlToken?: string
}

/**
 * Mounts a mock into an app, under a prefix: the providers, the worlds and the control API. All of it is an app of its own,
 * to which requests are handed over before anything of theirs is read.
 * @throws {MockOAuthError} `invalid_option` for a prefix with a parameter or an escape, for what is no mock, and for an app that speaks HTTP/2
 */
const mount: FastifyPluginAsync<MockOAuthPluginOptions> = async (app, { mock, controlToken }) => {
  const basePath = basePathOf(app)
  const addressees = new WeakMap<IncomingMessage, Addressee>()
  const addresseeOf = (raw: IncomingMessage) => addressees.get(raw) ?? addressee(raw)
  const guard = createGuard(isFromHere, controlToken)
  const own = createApp(insideOf(mock).worlds, createDoorways(basePath), guard, { addresseeOf })
  await own.ready()

  if (app.server instanceof Server) belowOf(app.server)

  const underWay = new Set<ServerResponse>()
  const handOver = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    // It would be waited for without an end.
    if (request.raw.readableDidRead) throw new MockOAuthError('invalid_option', alreadyRead)
    reply.hijack()
    const { host, protocol } = request
    // Behind a proxy that the app trusts, the app knows better than the connection.
    const scheme = protocol === 'https' ? 'https' : 'http'
    addressees.set(request.raw, { ...addressee(request.raw), scheme, host: host || 'localhost' })
    underWay.add(reply.raw)
    reply.raw.once('close', () => underWay.delete(reply.raw))
    own.routing(request.raw, reply.raw)
  }
  for (const url of basePath === '' ? ['/*'] : ['', '/*']) {
    app.route({ method: app.supportedMethods, url, onRequest: handOver, handler: handOver })
  }
  // Whoever is kept waiting would keep the app from closing.
  app.addHook('preClose', async () => {
    for (const answer of underWay) answer.destroy()
    await own.close()
  })
}

/** The same, as Fastify takes it; encapsulated, as it is not made by `fastify-plugin`. */
export const mockOAuth: FastifyPluginAsync<MockOAuthPluginOptions> = Object.assign(mount, {
  [Symbol.for('plugin-meta')]: { name: 'mock-oauth', fastify: '5.x' },
})

const alreadyRead =
  'A hook of this app has read the body of a request to the mock, which reads it itself. Add that hook to your own routes alone.'

/** @throws {MockOAuthError} `invalid_option` where a mock cannot stand */
function basePathOf({ prefix, initialConfig }: FastifyInstance): string {
  if (initialConfig.http2) {
    throw new MockOAuthError('invalid_option', 'A mock speaks HTTP/1.1, and this app HTTP/2. Make it without "http2".')
  }
  if (!/[:*%]/.test(prefix)) return basePathFrom(prefix)
  const message = `The prefix "${prefix}" holds a parameter or an escape. Expected one that is the same for each request, such as /oauth.`
  throw new MockOAuthError('invalid_option', message)
}
