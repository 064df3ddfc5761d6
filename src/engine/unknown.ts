import type { Environment } from '../vocabulary/environment.ts'
import type { HttpRequest } from '../vocabulary/wire.ts'
import { ambiguousHost } from './ambiguous.ts'
import { json } from './answers.ts'
import type { Located } from './locate.ts'
import type { Outcome } from './visit.ts'

const plain = (body: string) => ({
  status: 404,
  headers: [['content-type', 'text/plain; charset=utf-8']] as [string, string][],
  body,
})

/** The answer for a provider's URL that is not played: its own for an unknown path, else a plain 404. */
export function unknownEndpoint({ method }: HttpRequest, url: string, environment: Environment): Outcome {
  const { routes, apiOrigin, rules } = environment
  const expected = [...routes.keys()].join(', ')
  const refusal = { kind: 'endpoint_unknown', came: `${method} ${url}`, expected } as const
  const unknown = url.startsWith(`${apiOrigin}/`) ? rules.api.unknown : undefined
  return { response: unknown ? json(unknown.status, unknown.body) : plain('Not Found\n'), refusal }
}

/** The answer for a URL of no provider, which no provider words: it says where the played ones are. */
function unknownHost({ method }: HttpRequest, url: string, played: readonly Environment[]): Outcome {
  const expected = played.map(({ key }) => `/${key}`).join(', ')
  return {
    response: plain(`No provider is played here. On a server each stands before its documented paths: ${expected}.\n`),
    refusal: { kind: 'endpoint_unknown', came: `${method} ${url}`, expected: `a path behind ${expected}` },
  }
}

/** The answer for a URL at which nothing is played: at a host that two providers share, at a provider's own, or at nobody's. */
export function unplayed(
  request: HttpRequest,
  { url, owners, environment }: Located,
  played: readonly Environment[],
): Outcome {
  if (owners.length > 1) return ambiguousHost(request, url, owners)
  return environment ? unknownEndpoint(request, url, environment) : unknownHost(request, url, played)
}
