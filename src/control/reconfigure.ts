import { addresseeOf } from '../engine/letter.ts'
import type { Client, User } from '../store/store.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'
import { clientsAtStart, peopleAtStart } from '../world/at-start.ts'
import type { Setup, World } from '../world/world.ts'
import { removeClient } from './clients.ts'
import { removeUser } from './users.ts'

/**
 * Sees whether a world can go on with another setup, and brings the step that does it. Whoever the one before registered
 * and this one does not is taken away, and whoever is new or described differently is registered; everyone else stays as
 * they are by now, and so does all that was issued to them.
 * @throws {MockOAuthError} `invalid_client`, `client_exists`, `invalid_user`, `invalid_definition`
 */
export async function prepareReconfigure(world: World, next: Setup): Promise<() => Promise<void>> {
  const before = world.atStart
  const clients = difference(before.clients, clientsAtStart(next), ({ environment, id }) => `${environment} ${id}`)
  const people =
    before.people || next.people
      ? difference(await peopleAtStart(before, world.seed), await peopleAtStart(next, world.seed), ({ id }) => id)
      : nothing
  const registered = await world.store.listClients()
  // Those who come by the setup are registered before anyone is taken away from among them.
  const accounts = people === nothing ? [] : await world.people()
  refuseTaken(clients, registered, people, accounts)
  return () => carryOut(world, next, clients, people)
}

async function carryOut(world: World, next: Setup, clients: Difference<Client>, people: Difference<User>) {
  const registered = await world.store.listClients()
  const isPlayed = ({ environment }: Client) => next.environments.some(({ key }) => key === environment)
  const leaving = registered.filter((client) => !isPlayed(client) || clients.removed.some((one) => isSame(one, client)))
  // While the environments still stand: receivers are told.
  for (const { id, environment } of leaving) await removeClient(world, id, environment)
  for (const { id } of people.removed) if (await world.store.findUser(id)) await removeUser(world, id)
  world.change(next)
  for (const client of [...clients.added, ...clients.changed]) {
    await world.store.putClient(client)
    world.outbox.resume(addresseeOf(client.environment, client.id))
  }
  for (const user of [...people.added, ...people.changed]) await world.store.putUser(user)
}

interface Difference<T> {
  readonly added: readonly T[]
  readonly changed: readonly T[]
  readonly removed: readonly T[]
}

const nothing: Difference<never> = { added: [], changed: [], removed: [] }

function difference<T>(before: readonly T[], after: readonly T[], keyOf: (one: T) => string): Difference<T> {
  const [old, fresh] = [before, after].map((list) => new Map(list.map((one) => [keyOf(one), one])))
  const isOld = (one: T) => old?.has(keyOf(one)) === true
  return {
    added: after.filter((one) => !isOld(one)),
    changed: after.filter((one) => isOld(one) && JSON.stringify(old?.get(keyOf(one))) !== JSON.stringify(one)),
    removed: before.filter((one) => !fresh?.has(keyOf(one))),
  }
}

const isSame = (a: Client, b: Client) => a.environment === b.environment && a.id === b.id

/** Refuses to register over somebody who came in another way. */
function refuseTaken(
  clients: Difference<Client>,
  registered: readonly Client[],
  people: Difference<User>,
  accounts: readonly User[],
): void {
  const taken = clients.added.find((client) => registered.some((other) => isSame(other, client)))
  if (taken) {
    const message = `${taken.environment} has a client "${taken.id}" already, registered since the start. Use another id.`
    throw new MockOAuthError('client_exists', message)
  }
  const staying = accounts.filter(({ id }) => ![...people.removed, ...people.changed].some((one) => one.id === id))
  const known = [...people.added, ...people.changed].find(({ email }) => staying.some((other) => other.email === email))
  if (known) throw new MockOAuthError('invalid_user', `${known.email} has an account already, made since the start.`)
}
