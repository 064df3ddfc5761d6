import { type Client, deviceGrant, type GrantType, isPublic } from '../store/store.ts'
import type { Environment } from '../vocabulary/environment.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'

const wrong = (message: string) => new MockOAuthError('invalid_client', message)

/** What a client may use unless told otherwise. */
export const usualGrantTypes = ({
  client,
  refresh,
  clientCredentials,
  device,
}: Environment['rules']): readonly GrantType[] =>
  (client.defaultGrantTypes ?? ['authorization_code', 'refresh_token', deviceGrant]).filter(
    (one) =>
      (one !== 'refresh_token' || refresh) &&
      (one !== 'client_credentials' || clientCredentials) &&
      (one !== deviceGrant || device),
  )

/**
 * Refuses a client that no provider would register.
 * @param rules what the provider says of clients and grants
 * @throws {MockOAuthError} `invalid_client`
 */
export function checkClient(client: Client, rules: Environment['rules']): void {
  const { id, secret, name, redirectUris, scopes, grantTypes, requiresPkce } = client
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
  if (isPublic(client) && !rules.client.publicClients) throw wrong('This provider has no public clients.')
  if (requiresPkce && !rules.client.pkceSwitch) throw wrong('This provider has no switch for PKCE at a client.')
  if (!rules.clientCredentials && grantTypes.includes('client_credentials')) {
    throw wrong('This provider does not have the client_credentials grant.')
  }
  if (!rules.device && grantTypes.includes(deviceGrant)) throw wrong('This provider does not have the device grant.')
  checkKeys(client, rules)
  checkOpenId(client, rules)
}

/** What a public key is made of, by its kind (RFC 7518 §6, RFC 8037 §2). */
const publicMembers: ReadonlyMap<unknown, readonly string[]> = new Map([
  ['RSA', ['n', 'e']],
  ['EC', ['crv', 'x', 'y']],
  ['OKP', ['crv', 'x']],
])

/** What only the owner of a key knows (RFC 7518 §6). */
const privateParts = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

/** Public keys of a client that signs its authentication: RSA, EC or OKP, and nothing private. */
function checkKeys({ secret, jwks }: Client, { token }: Environment['rules']): void {
  if (!jwks) return
  if (!token.client.includes('privateKeyJwt'))
    throw wrong('This provider knows no clients with keys (private_key_jwt).')
  if (secret !== undefined) throw wrong('A client has a secret or keys, not both.')
  if (jwks.keys.length === 0) throw wrong('A client with keys needs at least one: {"keys": [{"kty": "EC", …}]}.')
  for (const key of jwks.keys) {
    const { kty } = key
    const members = publicMembers.get(kty)
    if (!members) throw wrong(`"${kty}" is no kind of public key. Expected RSA, EC or OKP.`)
    const secret = privateParts.find((part) => key[part] !== undefined)
    if (secret) throw wrong(`One of the keys is private: it has a "${secret}". Register the public half.`)
    const lacking = members.filter((member) => typeof key[member] !== 'string')
    if (lacking.length > 0) throw wrong(`A key of kind ${kty} lacks ${lacking.join(', ')}.`)
  }
}

function checkOpenId({ idTokenAlgorithm, postLogoutRedirectUris }: Client, { openid }: Environment['rules']): void {
  if (idTokenAlgorithm && !openid?.algorithms.includes(idTokenAlgorithm)) {
    const offered = openid?.algorithms.join(' or ')
    throw wrong(offered ? `This provider signs ID tokens with ${offered}.` : 'This provider has no ID tokens.')
  }
  if (postLogoutRedirectUris && !openid?.logout) throw wrong('This provider has no logout endpoint.')
  for (const uri of postLogoutRedirectUris ?? []) checkRedirectUri(uri)
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
