import { issuerOf } from '../engine/issuer.ts'
import type { Address } from '../engine/visit.ts'
import type { Client } from '../store/store.ts'
import type { Environment } from '../vocabulary/environment.ts'
import type { EvidenceEntry } from '../vocabulary/plain.ts'
import type { World } from '../world/world.ts'
import type { Addresses } from './addresses.ts'

/** One environment as a client needs to know it: the entry of the ready line. */
export interface PlayedProvider {
  readonly baseUrl: string
  readonly authorizeUrl: string
  readonly tokenUrl: string
  readonly revokeUrl?: string
  /** Where a client asks what a token is good for. */
  readonly introspectUrl?: string
  /** Where a client pushes its authorization requests. */
  readonly pushedRequestUrl?: string
  /** Where a device asks for a code (RFC 8628). */
  readonly deviceAuthorizationUrl?: string
  /** Where OpenID Connect discovery begins, for providers that have it. */
  readonly issuer?: string
  /** Where a client sends the browser to sign out (OpenID Connect RP-Initiated Logout), for providers that have it. */
  readonly endSessionUrl?: string
  /** A resource that answers 2xx for a live token. */
  readonly apiUrl: string
  /** The page where a person sees and disconnects applications. */
  readonly connectedAppsUrl?: string
  /** The page where the client's owner sees and disconnects accounts. */
  readonly connectedAccountsUrl?: string
  readonly clientId: string
  readonly clientSecret?: string
  readonly redirectUris: readonly string[]
  /** Where a browser that signed out may be sent, at providers with an `endSessionUrl`. */
  readonly postLogoutRedirectUris?: readonly string[]
  readonly scopes: readonly string[]
  /** What deliveries to the client's receiver are signed with. */
  readonly webhookSecret?: string
}

/** Describes an environment and one of its clients. */
export function describe(environment: Environment, client: Client | undefined, address: Address): PlayedProvider {
  const { urls, rules, urlOf } = environment
  const { publicUrl } = address
  const logout = rules.openid?.logout
  const authorizeUrl = publicUrl(urls.authorize)
  return {
    baseUrl: authorizeUrl.slice(0, -new URL(urls.authorize).pathname.length),
    authorizeUrl,
    tokenUrl: publicUrl(urls.token),
    ...(urls.revoke ? { revokeUrl: publicUrl(urls.revoke) } : {}),
    ...(rules.introspect ? { introspectUrl: publicUrl(urlOf(rules.introspect.at)) } : {}),
    ...(rules.pushedRequests ? { pushedRequestUrl: publicUrl(urlOf(rules.pushedRequests.at)) } : {}),
    ...(rules.device ? { deviceAuthorizationUrl: publicUrl(environment.urlOf(rules.device.at)) } : {}),
    ...(rules.openid ? { issuer: issuerOf({ environment, address }, rules.openid) } : {}),
    ...(logout ? { endSessionUrl: publicUrl(environment.urlOf(logout.at)) } : {}),
    apiUrl: publicUrl(urls.api),
    ...(urls.connectedApps ? { connectedAppsUrl: publicUrl(urls.connectedApps) } : {}),
    ...(urls.connectedAccounts ? { connectedAccountsUrl: publicUrl(urls.connectedAccounts) } : {}),
    clientId: client?.id ?? '',
    ...(client?.secret === undefined ? {} : { clientSecret: client.secret }),
    redirectUris: client?.redirectUris ?? [],
    ...(logout ? { postLogoutRedirectUris: client?.postLogoutRedirectUris ?? [] } : {}),
    scopes: client?.scopes ?? [],
    ...(client?.webhooks?.secret === undefined ? {} : { webhookSecret: client.webhooks.secret }),
  }
}

/** The same for the first client that is registered now. */
export async function describeNow(
  { store }: World,
  environment: Environment,
  addresses: Addresses,
): Promise<PlayedProvider> {
  const [client] = await store.listClients(environment.key)
  return describe(environment, client, addresses.of(environment))
}

/** A provider's name, its documentation, and how each value of its definition is known. */
export interface ProviderEvidence {
  readonly name: string
  readonly docs: string
  readonly evidence: readonly EvidenceEntry[]
}

/** How each value of an environment's definition is known. */
export const evidenceIn = ({ name, docs, evidence }: Environment): ProviderEvidence => ({ name, docs, evidence })

/** What `describeNow` says, with how each value of the definition is known. */
export async function describeWithEvidence(
  world: World,
  environment: Environment,
  addresses: Addresses,
): Promise<PlayedProvider & ProviderEvidence> {
  const { name, docs, evidence } = environment
  return { name, docs, ...(await describeNow(world, environment, addresses)), evidence }
}
