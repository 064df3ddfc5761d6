import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import type { FastifyRequest } from 'fastify'
import { hostOf, isLoopback } from '../entrance/host.ts'

/** Why a control call is refused, or nothing. */
export type Guard = (request: FastifyRequest) => string | undefined

/**
 * Guards the control API against other machines, and against web pages in a browser on this one: a foreign Host is DNS
 * rebinding, a foreign Origin is cross-site request forgery.
 * @param isLocal whether a request can only come from this machine
 * @param token opens everything; needed for each call that may come from elsewhere
 */
export function createGuard(
  isLocal: (raw: IncomingMessage) => boolean,
  token: string | undefined,
  allowHosts: readonly string[] = [],
): Guard {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  const expected = token === undefined ? undefined : digest(token)
  const isHome = (host: string | undefined) => host !== undefined && (isLoopback(host) || allowHosts.includes(host))
  return ({ headers, raw }) => {
    const given = /^bearer (.+)$/i.exec(headers.authorization ?? '')?.[1]
    if (expected && given !== undefined && timingSafeEqual(digest(given), expected)) return undefined
    if (!isLocal(raw)) {
      return 'The control API needs the control token on this address: send Authorization: Bearer <token>, as printed by serve or set by --control-token or controlToken.'
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

/** Whether a request came over a connection of this machine with itself, or over none at all, and no proxy passed it on. */
export function isFromHere({ socket, headers }: IncomingMessage): boolean {
  const isPassedOn = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'via'].some(
    (name) => headers[name] !== undefined,
  )
  if (isPassedOn) return false
  // What Fastify's `inject` makes up has no connection. One that has been closed has no address any more.
  return !(socket instanceof Socket) || isLoopback((socket.localAddress ?? '').replace(/^::ffff:/, ''))
}
