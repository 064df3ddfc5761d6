import type { PlayedProvider } from '../../control/played.ts'
import type { ProviderId } from '../clause.ts'
import type { Env } from '../protocol/messages.ts'
import { redirectUri } from './stage.ts'

/** After so many real milliseconds a client gives a request up. */
const requestTimeoutMs = 2_000

/**
 * How long an answer of a driver may take: as long as it always may, and where its client waits longer for its own requests, so
 * much longer. In real milliseconds.
 */
export const patienceFor = (env: Env, patienceMs: number): number =>
  patienceMs + Math.max(0, env.requestTimeoutMs - requestTimeoutMs)

/** What each page says of how a client shows who it is, and how it writes its token requests. */
const ways: Readonly<Record<ProviderId, Pick<Env, 'clientAuth' | 'bodyFormat' | 'pkce'>>> = {
  mekari: { clientAuth: 'body', bodyFormat: 'json', pkce: false },
  'mercado-pago': { clientAuth: 'body', bodyFormat: 'form', pkce: false },
  finexer: { clientAuth: 'body', bodyFormat: 'form', pkce: false },
  mercury: { clientAuth: 'basic', bodyFormat: 'form', pkce: true },
  standard: { clientAuth: 'basic', bodyFormat: 'form', pkce: true },
}

/** Where the authorization endpoint's URL has a query of its own. */
const queries: Partial<Readonly<Record<ProviderId, string>>> = { 'mercado-pago': '?platform_id=mp' }

/** What a client is told of a provider. */
export function envOf(provider: ProviderId, played: PlayedProvider, storeDir: string): Env {
  const {
    authorizeUrl,
    tokenUrl,
    revokeUrl,
    apiUrl,
    issuer,
    clientId,
    clientSecret = '',
    scopes,
    webhookSecret,
  } = played
  return {
    provider,
    authorizeUrl: authorizeUrl + (queries[provider] ?? ''),
    tokenUrl,
    ...(revokeUrl !== undefined && { revokeUrl }),
    apiUrl,
    // Who says it in no callback must not be expected to.
    ...(issuer !== undefined && provider === 'standard' && { issuer }),
    clientId,
    clientSecret,
    redirectUri,
    // No ID token is looked at, and the key that signs it takes each world a second to make.
    scopes: scopes.filter((scope) => scope !== 'openid'),
    ...ways[provider],
    requestTimeoutMs,
    storeDir,
    ...(webhookSecret !== undefined && { webhookSecret }),
    logLevel: 'debug',
  }
}
