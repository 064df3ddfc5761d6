import type { AccessRules } from './access.ts'
import type { ApiRules } from './api.ts'
import type { AuthorizeRules } from './authorize.ts'
import type { ClientRules } from './client.ts'
import type { DeviceRules } from './device.ts'
import type { Endpoint } from './endpoint.ts'
import type { Graded } from './evidence.ts'
import type { IntrospectRules } from './introspect.ts'
import type { OpenIdRules } from './openid.ts'
import type { ConnectedAccountsRules, PageRules, SignInRules, SignUpRules } from './pages.ts'
import type { PushedRequestRules } from './pushed-request.ts'
import type { RevokeRules } from './revoke.ts'
import type { ClientCredentialsRules, RefreshRules, TokenRules } from './token.ts'
import type { WebhookRules } from './webhook.ts'

/** One provider's documented behaviour, in the order of its page. Data first, functions at the leaves. */
export interface ProviderDefinition {
  /** The provider's name in URLs, flags and files. */
  id: string
  /** The name people know. */
  name: string
  /** The page that a bare value is read from. */
  docs: string
  client: ClientRules
  /** How credentials are applied for, where the provider tells it. */
  access?: Graded<AccessRules>
  /** Known scopes, each in words for the consent page. */
  scopes: Record<string, Graded<string>>
  authorize: AuthorizeRules
  /** Authorization requests that a client sends ahead by itself (RFC 9126). */
  pushedRequests?: Graded<PushedRequestRules>
  token: TokenRules
  api: ApiRules
  /** ID tokens and discovery (OpenID Connect), where the provider has them. */
  openid?: Graded<OpenIdRules>
  refresh?: RefreshRules
  /** `grant_type=client_credentials`, for clients registered for it. */
  clientCredentials?: Graded<ClientCredentialsRules>
  /** Authorization for devices that show a code in place of a browser (RFC 8628). */
  device?: Graded<DeviceRules>
  signIn: Graded<SignInRules>
  /** Where a person without an account makes one on the way. */
  signUp?: Graded<SignUpRules>
  revoke?: Graded<RevokeRules>
  /** Where a client asks what a token is good for (RFC 7662). */
  introspect?: Graded<IntrospectRules>
  /** The page where a signed-in person sees the applications connected to the account, and disconnects them. */
  connectedApps?: Graded<PageRules>
  /** The page where the owner of a client sees the accounts connected to it, and disconnects them. */
  connectedAccounts?: Graded<ConnectedAccountsRules>
  /** What a client's receiver is told when an account is connected or disconnected. */
  webhooks?: Graded<WebhookRules>
  /** Whether scripts of other origins may read answers (CORS). */
  crossOrigin: Graded<'refused' | 'allowed'>
  /** Other environments with clients and tokens of their own, by name: `sandbox`. */
  environments?: Record<string, Graded<EnvironmentRules>>
}

/** An environment apart: other hosts, other clients, other tokens. */
export interface EnvironmentRules {
  /** Production origin → this environment's origin. */
  origins: Readonly<Record<string, string>>
  /** Other token endpoints seen for this environment. */
  tokenAlsoAt?: Graded<readonly Endpoint[]>
}
