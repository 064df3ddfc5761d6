import { MockOAuthError } from '../vocabulary/misuse.ts'
import type { Outside } from '../world/webhook-event.ts'
import type { World } from '../world/world.ts'
import type { Worlds } from './worlds.ts'

/** Under this a mock shows its inside to the doors of this package, whichever bundle they came in. */
export const inside: unique symbol = Symbol.for('mock-oauth.inside') as never

/** The worlds that a door leads to: all of a process, or one alone. */
export type Reached = Pick<Worlds, 'main' | 'alone' | 'named' | 'others' | 'hold'>

/** What doors need of a mock. It is theirs alone, and may change with any version. */
export interface Inside {
  readonly worlds: Reached
  /** Real time and the network. */
  readonly outside: Outside
  /** Aborted when the mock is closed: nobody waits for an answer of it any longer. */
  readonly closed: AbortSignal
}

/** A world that is reached alone: no other is found from it. */
export const onlyThis = (world: World): Reached => ({
  main: world,
  alone: true,
  others: () => [],
  hold: () => () => {},
  async named(name) {
    if (name === world.name) return world
    throw new MockOAuthError('invalid_world', `This is the world "${world.name}" alone; no other is reached from here.`)
  },
})
