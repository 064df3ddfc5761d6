import type { Grant } from '../store/store.ts'
import type { Chance } from '../vocabulary/chance.ts'
import type { Format } from '../vocabulary/format.ts'
import type { HttpResponse } from '../vocabulary/wire.ts'
import type { World } from '../world/world.ts'

/** Streams of chance that depend on the world's seed, the client, the user and a name, and on nothing else. */
export const ownOf =
  ({ chance }: World, { environment, clientId, userId = '' }: Pick<Grant, 'environment' | 'clientId' | 'userId'>) =>
  (name: string): Chance =>
    chance.own.fork(`${name} of ${environment} ${clientId} ${userId}`)

/** The same, whatever the client. */
export const usersOwnOf = (world: World, grant: Pick<Grant, 'environment' | 'userId'>) =>
  ownOf(world, { ...grant, clientId: '' })

/** Headers as a definition states them, formats filled in. */
export const writeHeaders = (
  { chance }: World,
  headers: Readonly<Record<string, string | Format>>,
  now: number,
): HttpResponse['headers'] =>
  Object.entries(headers).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : value.make({ chance: chance.headers, now }),
  ])
