import type { Client, User } from '../store/store.ts'
import type { Environment } from '../vocabulary/environment.ts'
import type { Fault } from '../vocabulary/fault.ts'
import type { Lifetimes } from '../vocabulary/lifetimes.ts'
import { at, MockOAuthError } from '../vocabulary/misuse.ts'
import type { Mood } from '../vocabulary/mood.ts'
import type { RotationPolicy } from '../vocabulary/rotation.ts'
import { clientsAtStart } from '../world/at-start.ts'
import { createChance } from '../world/chance.ts'
import { newAccountId } from '../world/people.ts'
import type { ConsentMode, DefaultClient, Setup } from '../world/world.ts'
import { type ClientInput, makeClient } from './clients.ts'
import { environmentOf } from './environments.ts'
import { type FaultInput, possibleFault } from './faults.ts'
import { actsOf } from './mood.ts'
import { type Playable, playable } from './playable.ts'
import { checkUser, makeUser, rolesOf, type UserInput } from './users.ts'

/** What a mock is set up with. All of it may change while the mock goes on. */
export interface SetupOptions {
  /** Names of providers, or definitions: `['acme']`. Default: every one that has a name. */
  providers?: readonly Playable[]
  /** What happens at the authorization endpoint without a person. Default: `page`. */
  consent?: ConsentMode
  /** The client that exists at the start. */
  client?: DefaultClient
  /** Further clients that exist at the start. */
  clients?: readonly ClientInput[]
  /** The people with an account at the start, in place of three who are made up. */
  users?: readonly UserInput[]
  /** Other plausible behaviours: `{ 'acme.errors': 'kong' }`. */
  assume?: Readonly<Record<string, string>>
  /** Other lifetimes than the provider's: `{ acme: { accessToken: '5m' } }`. */
  lifetimes?: Readonly<Record<string, Lifetimes>>
  /** Other rotation policies than the provider's, by provider or environment: `{ acme: 'grace:30' }`. */
  rotation?: Readonly<Record<string, RotationPolicy>>
  /** What goes wrong on purpose, from the start and after each reset: `['token:refresh_token drop after']`. */
  faults?: readonly FaultInput[]
  /** Misbehaves by chance, in ways that are permitted: `hostile`, or with how likely each act is `hostile:0.05`. */
  mood?: Mood
}

/**
 * What a world is set up with.
 * @throws {MockOAuthError} naming the path of what is wrong where it stands in a list
 */
export function setupOf(options: SetupOptions): Setup {
  const environments = playable(options.providers ?? [], options.assume, options.lifetimes, options.rotation)
  const setup = {
    environments,
    ...(options.consent && { consent: options.consent }),
    ...(options.client && { client: options.client }),
  }
  return {
    ...setup,
    ...(options.clients && { clients: furtherClients(environments, clientsAtStart(setup), options.clients) }),
    ...(options.users && { people: peopleOf(environments, options.users) }),
    ...((options.mood || options.faults) && {
      faults: [
        // What somebody has asked for goes before what chance does.
        ...faultsOf(environments, options.faults ?? []),
        ...(options.mood ? at('mood', () => actsOf(environments, options.mood ?? '')) : []),
      ],
    }),
  }
}

/** Makes something of what stands at a path, and says where when that fails. */
type Placing = (path: string, make: () => void) => void

/** What is made up of one in a list is the same at every start, and whatever stands beside it in the list. */
function chanceOf(place: string, names: readonly string[], i: number) {
  const name = names[i] ?? ''
  return createChance(`${place} ${name} ${names.slice(0, i).filter((one) => one === name).length}`)
}

function clientOf(environments: readonly Environment[], clients: readonly ClientInput[], i: number): Client {
  const environment = environmentOf({ environments }, clients[i]?.provider)
  const names = clients.map(({ id, name, provider }) => `${provider} ${id ?? name}`)
  return makeClient(environment, clients[i] ?? {}, {
    chance: chanceOf(`client of ${environment.key}`, names, i),
    now: 0,
  })
}

/**
 * The clients of a list that exist at the start.
 * @param place what becomes of a mistake at a path; thrown unless told otherwise
 */
export function furtherClients(
  environments: readonly Environment[],
  defaults: readonly Client[],
  inputs: readonly ClientInput[],
  place: Placing = at,
): readonly Client[] {
  const made = [...defaults]
  inputs.forEach((_, i) => {
    place(`clients.${i}`, () => {
      const client = clientOf(environments, inputs, i)
      checkBeside(client, made, environments)
      made.push(client)
    })
  })
  return made.slice(defaults.length)
}

/** No two clients of an environment have one id, nor one secret where the secret alone names its client. */
function checkBeside(client: Client, others: readonly Client[], environments: readonly Environment[]): void {
  const { environment: key, id, secret } = client
  const rest = others.filter(({ environment }) => environment === key)
  if (rest.some((other) => other.id === id)) {
    throw new MockOAuthError('client_exists', `${key} has a client "${id}" already. Use another id.`)
  }
  const namedBySecret = environmentOf({ environments }, key).rules.token.client.includes('secretInBody')
  const owner = rest.find((other) => secret !== undefined && other.secret === secret)
  if (namedBySecret && owner) {
    const message = `${owner.id} has this secret, and here the secret says which client it is.`
    throw new MockOAuthError('invalid_client', message)
  }
}

/** The people of a list who have an account at the start. */
export function peopleOf(
  environments: readonly Environment[],
  inputs: readonly UserInput[],
  place: Placing = at,
): readonly User[] {
  const names = inputs.map(({ email, name }) => `${email ?? name}`)
  const people: User[] = []
  inputs.forEach((input, i) => {
    const user = makeUser(input, newAccountId(chanceOf('account of', names, i)))
    place(`users.${i}`, () => checkUser(user, people, rolesOf({ environments })))
    people.push(user)
  })
  return people
}

/** The faults of a list that are armed at the start. */
export function faultsOf(
  environments: readonly Environment[],
  inputs: readonly FaultInput[],
  place: Placing = at,
): readonly Fault[] {
  const faults: Fault[] = []
  inputs.forEach((input, i) => {
    place(`faults.${i}`, () => faults.push(possibleFault(environments, input)))
  })
  return faults
}
