/** A client as the provider has registered it. */
export interface Client {
  readonly environment: string
  readonly id: string
  /** Public clients have none, and neither have clients with keys. */
  readonly secret?: string
  /** The public keys of a client that signs its authentication (RFC 7591 §2, `jwks`). */
  readonly jwks?: { readonly keys: readonly JsonWebKey[] }
  readonly name: string
  /** The first is the default. */
  readonly redirectUris: readonly string[]
  readonly scopes: readonly string[]
  readonly status: 'active' | 'pending' | 'suspended'
  /** The provider's own: no consent page, where the provider has such clients. */
  readonly firstParty: boolean
  readonly grantTypes: readonly GrantType[]
  /** The account at the provider that the client belongs to. */
  readonly ownerId: string
  /** Its codes are redeemed with a code verifier only, where the provider has such a switch. */
  readonly requiresPkce?: boolean
  /** Where a browser that signed out may be sent (OpenID Connect RP-Initiated Logout §3.1). */
  readonly postLogoutRedirectUris?: readonly string[]
  /** What its ID tokens are signed with; the provider's usual algorithm when left out. */
  readonly idTokenAlgorithm?: 'RS256' | 'ES256' | 'EdDSA'
  /** Where it wants to be told what happens to its grants. */
  readonly webhooks?: Receiver
}

/** A public key as JSON (RFC 7517). */
export type JsonWebKey = Readonly<Record<string, unknown>>

/** Whether a client has nothing to authenticate with (RFC 6749 §2.1). */
export const isPublic = ({ secret, jwks }: Pick<Client, 'secret' | 'jwks'>): boolean =>
  secret === undefined && jwks === undefined

/** A client's receiver of webhooks. */
export interface Receiver {
  readonly url: string
  /** What deliveries are signed with, where the provider signs them. */
  readonly secret?: string
  /** The events that it is told of; all of the provider's when left out. */
  readonly events?: readonly string[]
}

/** The device grant's name (RFC 8628 §3.4). */
export const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code'

/** `grant_type` values that a client can be registered for (RFC 6749 §1.3, RFC 8628 §3.4). */
export type GrantType = 'authorization_code' | 'refresh_token' | 'client_credentials' | typeof deviceGrant
