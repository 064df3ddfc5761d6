import { MockOAuthError } from '../vocabulary/misuse.ts'
import type { Outside } from '../world/webhook-event.ts'
import type { World } from '../world/world.ts'
import type { Worlds } from './worlds.ts'

/** Under this a mock shows its inside to the doors of this package, whichever bundle they came in. */
export const inside: unique symbol = Symbol.for('mock-oauth.inside') as never

/** The worlds that a door leads to: all of a process, or one alone. */
export type Reached = Pick<Worlds, 'main' | 'alone' | 'named' | 'others' | 'hold' | 'list' | 'remove' | 'whenGone'>

/** What doors need of a mock. It is theirs alone, and may change with any version. */
export interface Inside {
  readonly worlds: Reached
  /** Real time and the network. */
  readonly outside: Outside
  /** Aborted when the mock is closed: nobody waits for an answer of it any longer. */
  readonly closed: AbortSignal
}

/**
 * The inside of what a developer gave a door.
 * @throws {MockOAuthError} `invalid_option` where that is no mock
 */
export function insideOf(mock: { readonly [inside]: Inside }): Inside {
  const given = mock as Partial<typeof mock> | null | undefined
  const found = given?.[inside]
  if (found) return found
  const what =
    given instanceof Promise ? 'A promise was given: write "await createMockOAuth(…)".' : `Given: ${typeof mock}.`
  throw new MockOAuthError('invalid_option', `A mock is expected here, or one of its worlds. ${what}`)
}

/** One world of these, reached alone: no other is found from it. */
export const onlyThis = (world: World, worlds: Pick<Worlds, 'hold' | 'list' | 'whenGone'>): Reached => ({
  main: world,
  alone: true,
  others: () => [],
  hold: worlds.hold,
  whenGone: worlds.whenGone,
  list: () => worlds.list().filter(({ name }) => name === world.name),
  async named(name) {
    if (name === world.name) return world
    throw new MockOAuthError('invalid_world', `This is the world "${world.name}" alone; no other is reached from here.`)
  },
  async remove() {
    throw new MockOAuthError('invalid_world', `This is the world "${world.name}" alone: it is removed by its mock.`)
  },
})
