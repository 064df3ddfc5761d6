import type { TlsOptions } from 'node:tls'
import {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
  fastify,
} from 'fastify'
import type { Reached } from '../control/inside.ts'
import type { Doorways } from '../entrance/doorways.ts'
import { createEntrance } from '../entrance/entrance.ts'
import { splitTarget, withoutBase } from '../entrance/target.ts'
import { controlApi } from './control-api.ts'
import { type AddresseeOf, addressee, createDoor } from './door.ts'
import type { Guard } from './guard.ts'
import { holdFor } from './hold-for.ts'
import { secureServer } from './tls.ts'
import { buildValidator } from './validator.ts'

// Control routes are few and rarely called: their schemas are compiled when first needed. Fastify's types want Ajv's own.
const compilersFactory = {
  buildValidator,
  buildSerializer: () => () => JSON.stringify,
} as unknown as NonNullable<NonNullable<FastifyServerOptions['schemaController']>['compilersFactory']>

/** How an app listens, and whom it takes a request to be for. */
interface AppOptions {
  tls?: TlsOptions | undefined
  addresseeOf?: AddresseeOf
}

/**
 * The Fastify app: the control API under `/_mock`, and the providers everywhere else; all of it under the base path of the
 * doorways.
 */
export function createApp(
  worlds: Reached,
  doorways: Doorways,
  guard: Guard,
  { tls, addresseeOf = addressee }: AppOptions = {},
): FastifyInstance {
  const answer = createDoor(createEntrance(worlds, doorways, holdFor), addresseeOf)
  const door = ({ raw }: FastifyRequest, reply: FastifyReply): Promise<void> => {
    reply.hijack()
    return answer(raw, reply.raw)
  }
  const app = fastify({
    forceCloseConnections: true,
    bodyLimit: 1_000_000,
    // The control API of a named world is the same one: `/~name/_mock` → `/_mock`. Fastify keeps what was asked for.
    rewriteUrl: ({ url = '/' }) => controlTarget(url, doorways.basePath) ?? url,
    // Client ids are long, and longer when they are escaped.
    routerOptions: { maxParamLength: 1_024 },
    schemaController: { compilersFactory },
    ...over(tls),
    // A URL that cannot be decoded is a request like any other.
    frameworkErrors: (_, request, reply) => door(request, reply),
  })
  app.register(controlApi, { prefix: '/_mock', worlds, doorways, guard, addresseeOf })
  // Taken before Fastify looks at the body: the engine reads bodies by the provider's rules, not by ours.
  app.route({ method: app.supportedMethods, url: '*', onRequest: door, handler: door })
  app.setNotFoundHandler({ preHandler: door }, door)
  return app
}

const over = (tls: TlsOptions | undefined): Pick<FastifyServerOptions, 'serverFactory'> =>
  tls === undefined ? {} : { serverFactory: (answer) => secureServer(tls, answer) }

function controlTarget(target: string, basePath: string): string | undefined {
  const { rest } = splitTarget(withoutBase(target, basePath))
  return /^\/_mock(?:[/?]|$)/.test(rest) ? rest : undefined
}
