import type { EndedBy, Ending, Grant, Store } from '../store/store.ts'
import type { World } from '../world/world.ts'
import { announce } from './announce.ts'

/**
 * Begins a grant, and tells the client's receiver: the one place where grants begin. False when the client is gone by now:
 * to look at a signature takes a while, and so does making people.
 */
export async function connect(world: World, grant: Grant, first: Parameters<Store['startGrant']>[1]): Promise<boolean> {
  if (!(await world.store.findClient(grant.environment, grant.clientId))) return false
  await world.store.startGrant(grant, first)
  await announce(world, grant, 'connected', grant.startedAt)
  return true
}

/**
 * Ends a grant with every code and token of it, and tells the client's receiver: the one place where grants end. False
 * when it had ended before or never was. Where authorizations stand together, the others end too, and it is told once.
 */
export async function disconnect(world: World, id: string, by: EndedBy, ending: Ending): Promise<boolean> {
  if (!(await world.store.endGrant(id, by, ending))) return false
  const grant = await world.store.findGrant(id)
  if (!grant) return true
  if (againOf(world, grant) === 'together') await endOthers(world, grant, by, ending)
  await announce(world, grant, 'disconnected', ending.at)
  return true
}

const againOf = ({ environments }: World, grant: Grant) =>
  environments.find(({ key }) => key === grant.environment)?.rules.authorize.again

/** Ends the same person's other authorizations for the same client. */
async function endOthers({ store }: World, grant: Grant, by: EndedBy, ending: Ending): Promise<void> {
  if (grant.userId === undefined) return
  for (const { id, environment, clientId, userId, ended } of await store.listGrants()) {
    const isOther = environment === grant.environment && clientId === grant.clientId && userId === grant.userId
    if (isOther && !ended && id !== grant.id) await store.endGrant(id, by, ending)
  }
}

/** Ends all grants of a client or a user that still stand. */
export async function disconnectAll(world: World, isOne: (grant: Grant) => boolean, ending: Ending): Promise<void> {
  for (const grant of await world.store.listGrants()) {
    if (!grant.ended && isOne(grant)) await disconnect(world, grant.id, 'provider', ending)
  }
}
