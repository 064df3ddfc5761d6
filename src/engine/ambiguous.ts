import type { Environment } from '../vocabulary/environment.ts'
import type { HttpRequest } from '../vocabulary/wire.ts'
import type { Outcome } from './visit.ts'

/** Says which providers share a host, and what to do about it. */
export function sharedBy(origin: string, owners: readonly Environment[]): string {
  const keys = owners.map(({ key }) => key)
  const others = keys.map((key) => `/${key}`).join(' or ')
  return `${origin} is a host of ${keys.join(' and of ')}, and both are played. Play only one of them, or call the one that is meant at a server by its prefix: ${others}.`
}

/** The answer for a host that two played providers share: neither of them is guessed (RFC 9110 §15.5.20). */
export function ambiguousHost({ method }: HttpRequest, url: string, owners: readonly Environment[]): Outcome {
  const expected = owners.map(({ key }) => `/${key}`).join(' or ')
  return {
    response: {
      status: 421,
      headers: [['content-type', 'text/plain; charset=utf-8']],
      body: `${sharedBy(new URL(url).origin, owners)}\n`,
    },
    refusal: { kind: 'host_ambiguous', came: `${method} ${url}`, expected },
  }
}
