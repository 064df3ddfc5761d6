import type { Environment } from '../vocabulary/environment.ts'
import type { HttpRequest } from '../vocabulary/wire.ts'
import { json } from './answers.ts'
import type { Outcome } from './visit.ts'

/** The answer for a URL that the mock does not play: the provider's own for an unknown path, else a plain 404. */
export function unknownEndpoint({ method }: HttpRequest, url: string, environment: Environment | undefined): Outcome {
  const played = environment ? [...environment.routes.keys()].join(', ') : 'no provider at this host'
  const refusal = { kind: 'endpoint_unknown', came: `${method} ${url}`, expected: played } as const
  const unknown = environment && url.startsWith(`${environment.apiOrigin}/`) ? environment.rules.api.unknown : undefined
  if (unknown) return { response: json(unknown.status, unknown.body), refusal }
  return {
    response: { status: 404, headers: [['content-type', 'text/plain; charset=utf-8']], body: 'Not Found\n' },
    refusal,
  }
}
