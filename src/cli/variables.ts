import type { PlayedProvider } from '../index.ts'
import { Stop } from './stop.ts'

/** How environment variables are written down. */
export type VariableFormat = 'shell' | 'dotenv' | 'json'

/** A provider's URLs and credentials as environment variables: `MEKARI_TOKEN_URL`, `MEKARI_SANDBOX_TOKEN_URL`. */
export function variablesOf(provider: string, played: PlayedProvider): Readonly<Record<string, string>> {
  const prefix = provider.replace(/[^A-Za-z0-9]+/g, '_').toUpperCase()
  const named = {
    BASE_URL: played.baseUrl,
    AUTHORIZE_URL: played.authorizeUrl,
    TOKEN_URL: played.tokenUrl,
    REVOKE_URL: played.revokeUrl,
    INTROSPECT_URL: played.introspectUrl,
    PUSHED_REQUEST_URL: played.pushedRequestUrl,
    DEVICE_AUTHORIZATION_URL: played.deviceAuthorizationUrl,
    ISSUER: played.issuer,
    END_SESSION_URL: played.endSessionUrl,
    API_URL: played.apiUrl,
    CONNECTED_APPS_URL: played.connectedAppsUrl,
    CONNECTED_ACCOUNTS_URL: played.connectedAccountsUrl,
    CLIENT_ID: played.clientId,
    CLIENT_SECRET: played.clientSecret,
    REDIRECT_URI: played.redirectUris[0],
    POST_LOGOUT_REDIRECT_URI: played.postLogoutRedirectUris?.[0],
    SCOPE: played.scopes.join(' '),
    WEBHOOK_SECRET: played.webhookSecret,
  }
  return Object.fromEntries(
    Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [[`${prefix}_${name}`, value]])),
  )
}

/** Writes variables as lines to paste into a shell, as a dotenv file, or as one JSON object. */
export function writeVariables(variables: Readonly<Record<string, string>>, format: VariableFormat): string {
  if (format === 'json') return JSON.stringify(variables, null, 2)
  const line = format === 'shell' ? shellLine : dotenvLine
  return Object.entries(variables)
    .map(([name, value]) => line(name, value))
    .join('\n')
}

const isPlain = (value: string) => /^[\w@%+:,./-]+$/.test(value)

/** A value as one word of a shell. */
export const shellQuoted = (value: string): string => (isPlain(value) ? value : `'${value.replaceAll("'", "'\\''")}'`)

const shellLine = (name: string, value: string) => `export ${name}=${shellQuoted(value)}`

/** Dotenv files know three quotes and no way to escape them. */
function dotenvLine(name: string, value: string): string {
  if (isPlain(value)) return `${name}=${value}`
  const quote = ["'", '`', '"'].find((one) => !value.includes(one))
  if (quote === undefined) throw new Stop(1, `${name} holds all three kinds of quotes; a dotenv file cannot say that.`)
  return `${name}=${quote}${value}${quote}`
}
