import type { JsonSchema } from './schema.ts'

/** What the document says of a route. */
export interface RouteNote {
  readonly method: string
  readonly path: string
  readonly summary: string
  readonly body?: JsonSchema
  readonly document?: JsonSchema
  readonly query?: JsonSchema
  readonly status?: number
}

const problem = {
  description: 'A mistake, as a stable code and a sentence',
  content: {
    'application/json': {
      schema: {
        type: 'object',
        properties: {
          error: { type: 'object', properties: { code: { type: 'string' }, message: { type: 'string' } } },
        },
      },
    },
  },
}

/**
 * The OpenAPI 3.1 document of the control API.
 * @param basePath under which all of it stands: `/oauth`, or nothing
 */
export function openApiOf(routes: readonly RouteNote[], basePath: string) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) {
    const path = `/_mock${route.path.replace(/:(\w+)/g, '{$1}')}`
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'mock-oauth control API', version: '1' },
    ...(basePath === '' ? {} : { servers: [{ url: basePath }] }),
    paths,
    components: { securitySchemes: { controlToken: { type: 'http', scheme: 'bearer' } } },
    security: [{}, { controlToken: [] }],
  }
}

function operationOf({ path, summary, body, document = body, query, status = 200 }: RouteNote) {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const inQuery = Object.entries((query?.properties ?? {}) as Record<string, JsonSchema>).map(([name, schema]) => ({
    name,
    in: 'query',
    schema,
  }))
  return {
    summary,
    ...(inPath.length + inQuery.length > 0 ? { parameters: [...inPath, ...inQuery] } : {}),
    ...(document ? { requestBody: { content: { 'application/json': { schema: document } } } } : {}),
    responses: { [status]: { description: 'Done' }, default: problem },
  }
}
