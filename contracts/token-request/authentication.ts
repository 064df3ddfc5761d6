import type { Seen } from '../../src/contract/evidence.ts'
import type { Env } from '../../src/contract/protocol/messages.ts'
import { tokenFields } from '../../src/contract/reading.ts'

/** How a token request shows whose it is. */
export type Way = 'header' | 'body'

/** The ways that a token request uses: an `Authorization` header, a secret or an assertion among its fields. */
export function waysOf(sent: Seen): readonly Way[] {
  const { client_secret, client_assertion } = tokenFields(sent)
  const inBody = client_secret !== undefined || client_assertion !== undefined
  const inHeader = sent.request.headers.authorization !== undefined
  return [...(inHeader ? (['header'] as const) : []), ...(inBody ? (['body'] as const) : [])]
}

/** The two halves of a Basic header, as they were sent; nothing where it is none, or has no colon. */
export function basicOf({ request }: Seen): readonly [id: string, secret: string] | undefined {
  const [, encoded] = /^basic +([A-Za-z0-9+/]+=*)$/i.exec(request.headers.authorization ?? '') ?? []
  if (encoded === undefined) return undefined
  const pair = Buffer.from(encoded, 'base64').toString()
  const colon = pair.indexOf(':')
  return colon < 0 ? undefined : [pair.slice(0, colon), pair.slice(colon + 1)]
}

/** What a token request lacks of the documented way, in words. */
export function lacking(sent: Seen, { clientAuth, clientId, clientSecret, provider }: Env): string | undefined {
  const { client_id, client_secret } = tokenFields(sent)
  if (clientAuth === 'basic') return basicOf(sent) ? undefined : 'an Authorization header of the scheme Basic'
  if (client_secret !== clientSecret) return 'its client_secret in the body'
  // Mercado Pago knows a client by its secret; what its page shows has no client_id.
  const isOptional = provider === 'mercado-pago' && client_id === undefined
  return client_id === clientId || isOptional ? undefined : 'its client_id in the body'
}
