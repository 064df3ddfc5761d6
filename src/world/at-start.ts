import type { Client, User } from '../store/store.ts'
import type { Environment } from '../vocabulary/environment.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'
import { checkFormats } from '../vocabulary/sound.ts'
import { createChance } from './chance.ts'
import { newAccountId, seedPeople } from './people.ts'
import { receiverOf } from './receiver.ts'
import { checkClient, usualGrantTypes } from './registration.ts'
import type { DefaultClient, Setup } from './world.ts'
import type { AtStart } from './world-state.ts'

/** What worlds of one setup begin with alike, made and checked once for all of them. */
const made = new WeakMap<readonly Environment[], Pick<Setup, 'client' | 'clients'> & { all: readonly Client[] }>()

/**
 * The clients of a setup, each environment's own first.
 * @throws {MockOAuthError} `invalid_client`, `invalid_definition`
 */
export function clientsAtStart({ environments, client, clients }: Setup): readonly Client[] {
  const before = made.get(environments)
  if (before && before.client === client && before.clients === clients) return before.all
  const all = makeClients({ environments, ...(client && { client }), ...(clients && { clients }) })
  made.set(environments, { ...(client && { client }), ...(clients && { clients }), all })
  return all
}

function makeClients({ environments, client: given, clients = [] }: Setup): readonly Client[] {
  for (const { rules } of environments) checkFormats(rules, createChance('formats'))
  if (given?.webhooks && !environments.some(({ rules }) => rules.webhooks)) {
    const names = environments.map(({ name }) => name).join(', ')
    throw new MockOAuthError('invalid_client', `Nothing that is played sends webhooks: ${names}.`)
  }
  const defaults = environments.map((environment) => {
    const client = defaultClient(environment, given)
    checkClient(client, environment.rules)
    return client
  })
  return [...defaults, ...clients]
}

/** The people of a setup, the same ones for the same seed. */
export const peopleAtStart = async ({ people }: Partial<AtStart>, seed: string): Promise<readonly User[]> =>
  people ?? seedPeople(createChance(seed).fork('people'))

/** The client that an environment starts with, the same at every start: it depends neither on the world's seed nor on its time. */
export function defaultClient({ key, provider, name, rules }: Environment, given: DefaultClient = {}): Client {
  const chance = createChance(`default client of ${key}`)
  const receiver =
    given.webhooks &&
    rules.webhooks &&
    receiverOf(given.webhooks, rules, { chance: createChance(`receiver of the default client of ${key}`), now: 0 })
  // Another environment has credentials of its own.
  const isMain = key === provider
  const id = (isMain && given.id) || rules.client.id.make({ chance, now: 0 })
  const ownerId = newAccountId(createChance(`owner of ${key}`))
  const redirectUris = given.redirectUris ?? ['http://localhost:3000/callback']
  return {
    environment: key,
    id,
    ownerId,
    secret: (isMain && given.secret) || rules.client.secret.make({ chance, now: 0, clientId: id, userId: ownerId }),
    name: given.name ?? `Example app for ${name}`,
    redirectUris,
    scopes: given.scopes ?? rules.client.defaultScopes,
    status: 'active',
    firstParty: false,
    grantTypes: usualGrantTypes(rules),
    ...(rules.openid?.logout && { postLogoutRedirectUris: given.postLogoutRedirectUris ?? homeOf(redirectUris) }),
    ...(receiver && { webhooks: receiver }),
  }
}

/** The first page of the client's site, for those that have one. */
function homeOf(redirectUris: readonly string[]): readonly string[] {
  const onTheWeb = redirectUris.find((uri) => /^https?:/i.test(uri) && URL.canParse(uri))
  return onTheWeb === undefined ? [] : [`${new URL(onTheWeb).origin}/`]
}
