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
  /** The parameter that a revocation has for the token. */
  revokes: 'token' | 'refresh_token'
}

const habits: Readonly<Record<string, Habits>> = {
  mekari: { redirectUri: false, scopeAtExchange: true, scopeAtRefresh: 'asked', idleDays: 30, revokes: 'token' },
  'mercado-pago': {
    redirectUri: true,
    extra: { platform_id: 'mp' },
    idleDays: 180,
    accountId: 'user_id',
    revokes: 'token',
  },
  finexer: { redirectUri: false, accountId: 'account_id', revokes: 'refresh_token' },
  mercury: { redirectUri: true, scopeAtRefresh: 'granted', idleDays: 30, revokes: 'token' },
  standard: { redirectUri: true, namesIssuer: true, idleDays: 30, revokes: 'token' },
}

export const habitsOf = (provider: string): Habits => habits[provider] ?? { redirectUri: true, revokes: 'token' }
