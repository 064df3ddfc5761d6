import { disconnectAll } from '../engine/connection.ts'
import { addresseeOf } from '../engine/letter.ts'
import type { Client, Grant, GrantType, JsonWebKey } from '../store/store.ts'
import type { Environment } from '../vocabulary/environment.ts'
import type { Ingredients } from '../vocabulary/format.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'
import { newAccountId } from '../world/people.ts'
import { type ReceiverInput, receiverOf } from '../world/receiver.ts'
import { checkClient, usualGrantTypes } from '../world/registration.ts'
import type { World } from '../world/world.ts'
import { environmentOf } from './environments.ts'

/** What can be said of a client; what is left out is made up as the provider would. */
export interface ClientInput {
  provider?: string
  id?: string
  secret?: string
  name?: string
  redirectUris?: readonly string[]
  scopes?: readonly string[]
  status?: Client['status']
  /** No secret, PKCE instead. */
  public?: boolean
  /** Public keys in place of a secret, with which it signs its authentication (private_key_jwt). */
  jwks?: { readonly keys: readonly JsonWebKey[] }
  firstParty?: boolean
  grantTypes?: readonly GrantType[]
  /** Its codes are redeemed with a code verifier only, where the provider has such a switch. */
  requiresPkce?: boolean
  /** Where a browser that signed out may be sent. */
  postLogoutRedirectUris?: readonly string[]
  /** What its ID tokens are signed with. */
  idTokenAlgorithm?: NonNullable<Client['idTokenAlgorithm']>
  /** Where it wants to be told what happens; null takes that back. */
  webhooks?: ReceiverInput | null
}

const wrong = (message: string) => new MockOAuthError('invalid_client', message)

/** Where the secret alone names its client, no two have the same. */
async function checkSecret({ store }: World, { environment, id, secret }: Client, { token }: Environment['rules']) {
  if (secret === undefined || !token.client.includes('secretInBody')) return
  const owner = await store.findClientBySecret(environment, secret)
  if (owner && owner.id !== id) throw wrong(`${owner.id} has this secret, and here the secret says which client it is.`)
}

/**
 * A client as the provider would register it; what its input leaves out is made up.
 * @throws {MockOAuthError} `invalid_client`
 */
export function makeClient({ key, rules }: Environment, input: ClientInput, from: Ingredients): Client {
  if (input.public && input.secret !== undefined) throw wrong('A client has a secret or is public, not both.')
  if (input.public && input.jwks) throw wrong('A public client has nothing to authenticate with: no keys either.')
  const id = input.id ?? rules.client.id.make(from)
  const ownerId = newAccountId(from.chance)
  const client: Client = {
    environment: key,
    id,
    ownerId,
    ...(input.public || (input.jwks && input.secret === undefined)
      ? {}
      : { secret: input.secret ?? rules.client.secret.make({ ...from, clientId: id, userId: ownerId }) }),
    name: input.name ?? 'Example app',
    redirectUris: input.redirectUris ?? ['http://localhost:3000/callback'],
    scopes: input.scopes ?? rules.client.defaultScopes,
    status: input.status ?? 'active',
    firstParty: input.firstParty ?? false,
    grantTypes: input.grantTypes ?? usualGrantTypes(rules),
    ...(input.jwks && { jwks: input.jwks }),
    ...(input.postLogoutRedirectUris && { postLogoutRedirectUris: input.postLogoutRedirectUris }),
    ...(input.idTokenAlgorithm && { idTokenAlgorithm: input.idTokenAlgorithm }),
    ...(input.requiresPkce === undefined ? {} : { requiresPkce: input.requiresPkce }),
    ...(input.webhooks && { webhooks: receiverOf(input.webhooks, rules, from) }),
  }
  checkClient(client, rules)
  return client
}

/**
 * Registers a client, as the provider's support would.
 * @throws {MockOAuthError} `invalid_client`, `client_exists`, `unknown_provider`
 */
export async function registerClient(world: World, input: ClientInput): Promise<Client> {
  const environment = environmentOf(world, input.provider)
  const { key, rules } = environment
  const client = makeClient(environment, input, { chance: world.chance.ids, now: world.clock.now() })
  if (await world.store.findClient(key, client.id)) {
    throw new MockOAuthError(
      'client_exists',
      `${key} has a client "${client.id}" already. Change it with PATCH, or use another id.`,
    )
  }
  await checkSecret(world, client, rules)
  await world.store.putClient(client)
  return client
}

/**
 * Changes a registered client.
 * @throws {MockOAuthError} `invalid_client`, `unknown_client`
 */
export async function updateClient(
  world: World,
  id: string,
  { provider, id: _, public: isPublic, secret, webhooks, ...changes }: ClientInput,
): Promise<Client> {
  const before = await findClient(world, id, provider)
  const { rules } = environmentOf(world, before.environment)
  if (isPublic !== undefined) throw wrong('Whether a client is public is decided when it is registered.')
  if (secret !== undefined && before.secret === undefined) throw wrong('A client without a secret is given none later.')
  const { webhooks: registered, ...rest } = before
  const from = { chance: world.chance.ids, now: world.clock.now() }
  const receiver = webhooks ? receiverOf(webhooks, rules, from, registered) : webhooks === null ? undefined : registered
  const client: Client = {
    ...rest,
    ...changes,
    ...(secret === undefined ? {} : { secret }),
    ...(receiver && { webhooks: receiver }),
  }
  checkClient(client, rules)
  await checkSecret(world, client, rules)
  await world.store.putClient(client)
  if (webhooks !== undefined) world.outbox.resume(addresseeOf(client.environment, client.id))
  return client
}

/**
 * The registered clients, of one provider or environment where it is named.
 * @throws {MockOAuthError} `unknown_provider`
 */
export const listClients = async (world: World, provider?: string): Promise<readonly Client[]> =>
  world.store.listClients(provider === undefined ? undefined : environmentOf(world, provider).key)

/**
 * A client by id; `provider` is needed only where two environments have a client of that id.
 * @throws {MockOAuthError} `unknown_client`
 */
export async function findClient(world: World, id: string | undefined, provider?: string): Promise<Client> {
  const environment = provider === undefined ? undefined : environmentOf(world, provider).key
  const candidates = await world.store.listClients(environment)
  const found = id === undefined ? candidates.slice(0, 1) : candidates.filter((client) => client.id === id)
  const [first, second] = found
  if (first && !second) return first
  if (second) {
    const places = found.map((client) => client.environment).join(', ')
    throw new MockOAuthError('unknown_client', `Several providers have a client "${id}": name one of ${places}.`)
  }
  const known = candidates.map((client) => client.id).join(', ')
  throw new MockOAuthError('unknown_client', `There is no client "${id}". Registered: ${known || 'none'}.`)
}

/** Takes a client away; its grants end. */
export async function removeClient(world: World, id: string, provider?: string): Promise<void> {
  const client = await findClient(world, id, provider)
  const ending = { at: world.clock.now() }
  const isOne = ({ environment, clientId }: Grant) => environment === client.environment && clientId === client.id
  await disconnectAll(world, isOne, ending)
  await world.store.removeClient(client.environment, client.id, ending)
}
