/** What each provider's own documentation asks of a client, where it differs. */

export interface Habits {
  /** Whether the redirect URI is named in both requests of a login. Otherwise the registered one holds. */
  redirectUri: boolean
  /** Whether the exchange repeats the scope of the authorization request. */
  scopeAtExchange?: true
  /** Which scope a refresh names, if any: the one asked for at the login, or what was granted. */
  scopeAtRefresh?: 'asked' | 'granted'
  /** What an authorization request has besides. */
  extra?: Readonly<Record<string, string>>
  /** Whether callbacks say whose they are, by `iss`. */
  namesIssuer?: true
  /** How long a refresh token lives that nobody uses, in days. */
  idleDays?: number
  /** The field that names the account in token answers and webhooks. */
  accountId?: 'user_id' | 'account_id'
  /** How a token is revoked: by this parameter, or by a DELETE that presents the access token. */
  revokes: 'token' | 'refresh_token' | 'bearer'
  /** What the signature of a webhook is over: time and body, or the ids alone. Left out where there are no webhooks. */
  signature?: 'body' | 'manifest'
}

const habits: Readonly<Record<string, Habits>> = {
  mekari: { redirectUri: false, scopeAtExchange: true, scopeAtRefresh: 'asked', idleDays: 30, revokes: 'bearer' },
  'mercado-pago': {
    redirectUri: true,
    extra: { platform_id: 'mp' },
    idleDays: 180,
    accountId: 'user_id',
    signature: 'manifest',
    revokes: 'token',
  },
  finexer: { redirectUri: false, accountId: 'account_id', signature: 'body', revokes: 'refresh_token' },
  mercury: { redirectUri: true, scopeAtRefresh: 'granted', idleDays: 30, revokes: 'token' },
  standard: { redirectUri: true, namesIssuer: true, idleDays: 30, revokes: 'token' },
}

export const habitsOf = (provider: string): Habits => habits[provider] ?? { redirectUri: true, revokes: 'token' }
