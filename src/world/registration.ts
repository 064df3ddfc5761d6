import type { Client, GrantType } from '../store/store.ts'
import type { Environment } from '../vocabulary/environment.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'

const wrong = (message: string) => new MockOAuthError('invalid_client', message)

/** What a client may use unless told otherwise. */
export const usualGrantTypes = ({ client, refresh, clientCredentials }: Environment['rules']): readonly GrantType[] =>
  (client.defaultGrantTypes ?? ['authorization_code', 'refresh_token']).filter(
    (one) => (one !== 'refresh_token' || refresh) && (one !== 'client_credentials' || clientCredentials),
  )

/**
 * Refuses a client that no provider would register.
 * @param rules what the provider says of clients and grants
 * @throws {MockOAuthError} `invalid_client`
 */
export function checkClient(
  { id, secret, name, redirectUris, scopes, grantTypes, requiresPkce }: Client,
  rules: Environment['rules'],
): void {
  if (!/^[\x21-\x7e]{1,256}$/.test(id)) throw wrong('A client id is 1 to 256 printable characters without spaces.')
  if (secret !== undefined && !/^[\x20-\x7e]{1,1024}$/.test(secret)) {
    throw wrong('A client secret is 1 to 1024 printable characters.')
  }
  if (name.trim() === '' || name.length > 200) throw wrong('A client name is 1 to 200 characters.')
  if (redirectUris.length === 0) throw wrong('A client needs at least one redirect URI.')
  for (const uri of redirectUris) checkRedirectUri(uri)
  for (const scope of scopes) {
    if (!/^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope)) throw wrong(`"${scope}" is not a scope (RFC 6749 §3.3).`)
  }
  if (secret === undefined && !rules.client.publicClients) throw wrong('This provider has no public clients.')
  if (requiresPkce && !rules.client.pkceSwitch) throw wrong('This provider has no switch for PKCE at a client.')
  if (!rules.clientCredentials && grantTypes.includes('client_credentials')) {
    throw wrong('This provider does not have the client_credentials grant.')
  }
}

/** Absolute, printable, without a fragment (RFC 6749 §3.1.2), and not something a browser would run. */
export function checkRedirectUri(uri: string): void {
  const url = URL.canParse(uri) ? new URL(uri) : undefined
  const dangerous = ['javascript:', 'data:', 'vbscript:', 'file:', 'blob:', 'about:']
  // What lacks the slashes, a browser reads as relative to the page that it is on.
  const absolute = url !== undefined && !/^https?:(?!\/\/)/i.test(uri)
  if (!absolute || !/^[\x21-\x7e]{1,2048}$/.test(uri) || uri.includes('#') || dangerous.includes(url.protocol)) {
    throw wrong(
      `"${uri}" cannot be a redirect URI. Expected an absolute URI without a fragment, such as http://localhost:3000/callback.`,
    )
  }
}
