import type { Graded } from './evidence.ts'
import type { Format } from './format.ts'

/** What a registered client is made of. */
export interface ClientRules {
  /** How client ids look: `alphanumeric(16)`. */
  id: Graded<Format>
  /** How client secrets look. */
  secret: Graded<Format>
  /** Whether the secret is itself an access token, with which the API opens the account of the client's owner. */
  secretIsAccessToken?: Graded<boolean>
  /** How a developer comes by credentials, in words. */
  registration: Graded<string>
  /** The scopes of the client that exists at the start. */
  defaultScopes: Graded<readonly string[]>
  /** Whether public clients (no secret, PKCE instead) exist. */
  publicClients: Graded<boolean>
  /** Whether clients may be marked as the provider's own, which see no consent page. */
  firstPartySkipsConsent: Graded<boolean>
  /** Whether each client has a switch that makes the code verifier obligatory; off for the client that exists at the start. */
  pkceSwitch?: Graded<boolean>
  /** What a client may use unless told otherwise; without it codes and, where the provider has them, refresh tokens and device codes. */
  defaultGrantTypes?: Graded<
    readonly (
      | 'authorization_code'
      | 'refresh_token'
      | 'client_credentials'
      | 'urn:ietf:params:oauth:grant-type:device_code'
    )[]
  >
}
