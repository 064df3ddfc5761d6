import { reviveLetter } from '../engine/letter.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'
import { createWorld, type World, type WorldOptions } from '../world/world.ts'
import { prepareReconfigure } from './reconfigure.ts'
import { unplayedIn } from './unplayed.ts'

/**
 * Makes a world, or goes on with what its ledger has kept of it: whoever was registered stays as they were left, as far as
 * the setup is the same, and tokens, sessions, clock and webhooks go on.
 * @throws {MockOAuthError} `state_unavailable`, and as `createWorld` and `prepareReconfigure` do
 */
export async function openWorld(options: WorldOptions): Promise<World> {
  const world = await createWorld(options)
  const { found } = world
  if (found) {
    const unplayed = unplayedIn(found.store, world.environments)
    if (unplayed.length > 0) {
      const message = `The state is of providers that are not played here: ${unplayed.join(', ')}. Play them, or begin with another file.`
      throw new MockOAuthError('state_unavailable', message)
    }
    world.outbox.load(found.webhooks, (data) => reviveLetter(world, data))
    const change = await prepareReconfigure(world, options)
    await change()
  }
  world.keep?.()
  return world
}
