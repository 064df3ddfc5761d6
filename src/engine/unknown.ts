import type { Environment } from '../vocabulary/environment.ts'
import type { HttpRequest } from '../vocabulary/wire.ts'
import { json } from './answers.ts'
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
export function unknownHost({ method }: HttpRequest, url: string, played: readonly Environment[]): Outcome {
  const expected = played.map(({ key }) => `/${key}`).join(', ')
  return {
    response: plain(`No provider is played here. On a server each stands before its documented paths: ${expected}.\n`),
    refusal: { kind: 'endpoint_unknown', came: `${method} ${url}`, expected: `a path behind ${expected}` },
  }
}
