import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { hostOf, isLoopback } from '../entrance/host.ts'

/** Why a control call is refused, or nothing. */
export type Guard = (request: FastifyRequest) => string | undefined

/**
 * Guards the control API against other machines, and against web pages in a browser on this one: a foreign Host is DNS
 * rebinding, a foreign Origin is cross-site request forgery.
 * @param bound the address the server listens on
 * @param token opens everything; needed for each call where `bound` is not loopback
 */
export function createGuard(bound: string, token: string | undefined, allowHosts: readonly string[] = []): Guard {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  const expected = token === undefined ? undefined : digest(token)
  const isHome = (host: string | undefined) => host !== undefined && (isLoopback(host) || allowHosts.includes(host))
  return ({ headers }) => {
    const given = /^bearer (.+)$/i.exec(headers.authorization ?? '')?.[1]
    if (expected && given !== undefined && timingSafeEqual(digest(given), expected)) return undefined
    if (!isLoopback(bound)) {
      return 'The control API needs the control token on this address: send Authorization: Bearer <token>, as printed by serve or set by --control-token.'
    }
    if (!isHome(hostOf(headers.host ?? ''))) {
      return `Control calls under the host name "${headers.host}" are refused. Use localhost, or start with --allow-host <name>.`
    }
    const { origin } = headers
    if (origin !== undefined && !isHome(URL.canParse(origin) ? hostOf(new URL(origin).host) : undefined)) {
      return `Control calls from pages of "${origin}" are refused. Start with --allow-host <name>, or send the control token.`
    }
    return undefined
  }
}
