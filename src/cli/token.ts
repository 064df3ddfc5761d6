import type { Minted } from '../index.ts'
import { findServer, type ServerOptions } from './control.ts'
import { print, printJson } from './print.ts'
import { table } from './table.ts'

type TokenOptions = ServerOptions & {
  client?: string
  user?: string
  scope?: string
  lifetime?: string
  json?: boolean
}

/** Mints a token pair without a browser: a block for people, the access token alone for a pipe. */
export async function token(
  provider: string | undefined,
  { client, user, scope, lifetime, json, ...at }: TokenOptions,
): Promise<void> {
  const server = await findServer(at)
  const minted = await server.post<Minted>('/tokens', { provider, client, user, scope, accessTokenLifetime: lifetime })
  if (json) return printJson(minted)
  if (!process.stdout.isTTY) return print(minted.accessToken)
  const { grant, accessToken, refreshToken, expiresAt } = minted
  const facts = [
    ['Access token', accessToken],
    ...(refreshToken === undefined ? [] : [['Refresh token', refreshToken]]),
    ['Expires', expiresAt ?? 'never'],
    ['Scope', grant.scope],
    ['Client', grant.clientId],
    ['Grant', grant.id],
  ]
  print(...table(facts))
}
