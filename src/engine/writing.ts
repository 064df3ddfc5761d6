import type { Grant } from '../store/store.ts'
import type { Chance } from '../vocabulary/chance.ts'
import type { World } from '../world/world.ts'

/** Streams of chance that depend on the world's seed, the client, the user and a name, and on nothing else. */
export const ownOf =
  ({ chance }: World, { environment, clientId, userId = '' }: Pick<Grant, 'environment' | 'clientId' | 'userId'>) =>
  (name: string): Chance =>
    chance.own.fork(`${name} of ${environment} ${clientId} ${userId}`)

/** The same, whatever the client. */
export const usersOwnOf = (world: World, grant: Pick<Grant, 'environment' | 'userId'>) =>
  ownOf(world, { ...grant, clientId: '' })
