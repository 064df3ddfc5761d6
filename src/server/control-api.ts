import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Reached } from '../control/inside.ts'
import { prefixOf } from '../control/world-name.ts'
import type { Doorways } from '../entrance/doorways.ts'
import { statusOf, worldHeader } from '../entrance/entrance.ts'
import { splitTarget, withoutBase } from '../entrance/target.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'
import { showBug } from './bug.ts'
import type { ControlRoute } from './control-route.ts'
import { controlRoutes } from './control-routes.ts'
import type { AddresseeOf } from './door.ts'
import { eventsRoute, streamEvents } from './events.ts'
import type { Guard } from './guard.ts'
import { holdFor } from './hold-for.ts'
import { openApiOf } from './openapi.ts'

interface Options {
  prefix: string
  worlds: Reached
  doorways: Doorways
  guard: Guard
  addresseeOf: AddresseeOf
}

const notFound = new Set([
  'unknown_client',
  'unknown_user',
  'unknown_application',
  'unknown_grant',
  'unknown_request',
  'unknown_webhook',
  'unknown_fault',
  'unknown_world',
  'no_request',
  'unknown_provider',
])

const conflict = new Set(['client_exists', 'application_not_ready'])

const notJson = 'The control API takes JSON: send it with "Content-Type: application/json".'

/** The control API: JSON in, JSON out; each mistake answered by a code and a sentence. */
export async function controlApi(
  app: FastifyInstance,
  { worlds, doorways, guard, addresseeOf }: Options,
): Promise<void> {
  const { basePath } = doorways
  app.addHook('onRequest', async (request, reply) => {
    const refused = request.routeOptions.config.open ? undefined : guard(request)
    if (refused !== undefined) return say(reply, 403, 'forbidden', refused)
  })
  app.setErrorHandler((error: Error & { statusCode?: number }, _, reply) => {
    if (error instanceof MockOAuthError) {
      const status = notFound.has(error.code) ? 404 : conflict.has(error.code) ? 409 : statusOf(error)
      return say(reply, status, error.code, error.message)
    }
    const status = error.statusCode ?? 500
    if (status === 415) return say(reply, status, 'invalid_request', notJson)
    if (status < 500) return say(reply, status, 'invalid_request', error.message)
    showBug(error)
    return say(reply, status, 'bug', 'mock-oauth has a bug: see its terminal.')
  })
  app.removeContentTypeParser('text/plain')
  // Clients that send this type with every call send it without a body, too.
  const parseJson = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) =>
    body === '' ? done(null) : parseJson(request, body.toString(), done),
  )
  /** The world that the path of a call names, else its header, else the main one; it stays while the call is answered. */
  const enter = async ({ originalUrl, headers }: FastifyRequest, { raw }: FastifyReply) => {
    const { name = [headers[worldHeader] ?? worlds.main.name].flat().join() } = splitTarget(
      withoutBase(originalUrl, basePath),
    )
    const world = await worlds.named(name)
    holdFor(raw, worlds.hold(world))
    return world
  }
  for (const route of controlRoutes) {
    app.route({
      method: route.method,
      url: route.path,
      schema: schemaOf(route),
      config: { open: route.open ?? false },
      ...(route.bodyLimit && { bodyLimit: route.bodyLimit }),
      handler: async (request, reply) => {
        const world = await enter(request, reply)
        const { scheme, host } = addresseeOf(request.raw)
        const prefix = world === worlds.main ? '' : prefixOf(world.name)
        const addresses = doorways.at(world, `${scheme}://${host}`, prefix, host)
        const answer = await route.answer(world, { ...inputOf(request), addresses, worlds })
        world.keep?.()
        if (answer === undefined) return reply.code(204).send()
        return reply
          .code(route.status ?? 200)
          .header('cache-control', 'no-store')
          .send(answer)
      },
    })
  }
  app.route({
    method: 'GET',
    url: eventsRoute.path,
    exposeHeadRoute: false,
    schema: { querystring: eventsRoute.query },
    handler: async (request, reply) => {
      const world = await enter(request, reply)
      streamEvents(world.feed, (end) => worlds.whenGone(world, end), request, reply)
    },
  })
  app.get('/openapi.json', async () => openApiOf([...controlRoutes, eventsRoute], basePath))
  app.all('/*', async ({ method, url }, reply) => {
    const listed = `${basePath}/_mock/openapi.json`
    return say(reply, 404, 'unknown_route', `There is no ${method} ${url}. The routes are listed at ${listed}.`)
  })
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Needs neither loopback nor token. */
    open?: boolean
  }
}

const inputOf = ({ params, query, body }: FastifyRequest) => ({
  id: (params as { id?: string }).id ?? '',
  query: query as Record<string, string>,
  body: (body ?? {}) as object,
})

const schemaOf = ({ body, query }: ControlRoute) => ({ ...(body && { body }), ...(query && { querystring: query }) })

const say = (reply: FastifyReply, status: number, code: string, message: string) =>
  reply.code(status).send({ error: { code, message } })
