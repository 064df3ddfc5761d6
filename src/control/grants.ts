import { disconnect } from '../engine/connection.ts'
import type { EndedBy, Grant } from '../store/store.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'
import type { World } from '../world/world.ts'

/** Who may disconnect by the control API. */
export type Revoker = Extract<EndedBy, 'user' | 'client' | 'provider'>

/** Everything that is or was connected, oldest first. */
export const listGrants = ({ store }: World): Promise<readonly Grant[]> => store.listGrants()

/**
 * Disconnects: every code and token of the grant dies.
 * @throws {MockOAuthError} `unknown_grant`
 */
export async function revokeGrant(world: World, id: string, by: Revoker): Promise<Grant> {
  await disconnect(world, id, by, { at: world.clock.now() })
  return grantOf(world, id)
}

/**
 * A grant, whether it stands or has ended.
 * @throws {MockOAuthError} `unknown_grant`
 */
export async function grantOf({ store }: World, id: string): Promise<Grant> {
  const grant = await store.findGrant(id)
  if (grant) return grant
  const known = (await store.listGrants()).map((one) => one.id).join(', ')
  throw new MockOAuthError('unknown_grant', `There is no grant "${id}". There are: ${known || 'none'}.`)
}
