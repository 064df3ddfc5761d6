import type { AccessToken, Client, Grant } from '../store/store.ts'
import { fill, type Shape } from '../vocabulary/answer.ts'
import type { Chance } from '../vocabulary/chance.ts'
import type { Json } from '../vocabulary/json.ts'
import type { World } from '../world/world.ts'

/** A client and a user of it, if one is concerned, in an environment. */
interface Pair {
  readonly environment: string
  readonly clientId: string
  readonly userId?: string | undefined
}

/** Streams of chance that depend on the world's seed, the client, the user and a name, and on nothing else. */
export const ownOf =
  ({ chance }: World, { environment, clientId, userId = '' }: Pair) =>
  (name: string): Chance =>
    chance.own.fork(`${name} of ${environment} ${clientId} ${userId}`)

/** The same, whatever the client. */
export const usersOwnOf = (world: World, { environment, userId }: Omit<Pair, 'clientId'>) =>
  ownOf(world, { environment, clientId: '', userId })

/** What an answer is about. */
export interface Answered {
  readonly grant: Pick<Grant, 'environment' | 'clientId' | 'userId' | 'scope'>
  readonly client: Client | undefined
  readonly now: number
  readonly accessToken?: AccessToken
  readonly refreshToken?: { readonly value: string } | undefined
  readonly idToken?: string | undefined
}

/** Writes an answer about a grant and, perhaps, its tokens. */
export async function writeAnswer(world: World, shape: Shape, about: Answered): Promise<Record<string, Json>> {
  const { grant, client, now, accessToken, refreshToken, idToken } = about
  const user = grant.userId === undefined ? undefined : await world.store.findUser(grant.userId)
  return fill(shape, {
    now,
    clientId: grant.clientId,
    scope: accessToken?.scope ?? grant.scope,
    user,
    accessToken: accessToken?.toldEnd === undefined ? accessToken : { ...accessToken, expiresAt: accessToken.toldEnd },
    refreshToken,
    idToken,
    ownerId: client?.ownerId,
    test: accessToken?.test,
    own: ownOf(world, grant),
    ofUser: usersOwnOf(world, grant),
  })
}
