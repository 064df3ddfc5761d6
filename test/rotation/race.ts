import { expect } from 'vitest'
import type { RefreshToken, TokenFamily } from '../../src/store/store.ts'
import { type Rotation, rotationOf } from '../../src/vocabulary/rotation.ts'

/** How many of so many uses of one token that arrive together succeed, by a policy. */
export function winnersOf({ renewsAt, again }: Rotation, uses: number): number {
  const most = { eachUse: 1 + (again?.times ?? 0), thirdUse: 3, noUse: uses }[renewsAt]
  return Math.min(most, uses)
}

/** How many refresh tokens that were not used live after so many uses of one token succeeded. */
export function heirsOf({ renewsAt, again }: Rotation, winners: number): number {
  return renewsAt === 'eachUse' && again?.brings === 'aNewPair' ? winners : 1
}

/** Those that stand and were not rotated: one in a family, where siblings are not what the policy says. */
export const unrotated = ({ refreshTokens }: TokenFamily): readonly RefreshToken[] =>
  refreshTokens.filter(({ spent, revoked, expired, rotated }) => !spent && !revoked && !expired && !rotated)

/** A token set as a client was told of it. */
export interface Held {
  readonly access: string | undefined
  readonly refresh: string | undefined
}

/** Nobody holds a token that the server does not know, and no two hold one of which there is one. */
export function expectKnown(family: TokenFamily, held: readonly Held[], policy: string): void {
  const known = new Set([...family.accessTokens, ...family.refreshTokens].map(({ value }) => value))
  const holding = held.flatMap(({ access, refresh }) => [access, refresh]).filter((value) => value !== undefined)
  expect(holding.filter((value) => !known.has(value))).toEqual([])
  const isShared = rotationOf(policy).again?.brings === 'theSamePair'
  const accesses = held.map(({ access }) => access)
  if (!isShared) expect(new Set(accesses).size, 'access tokens').toBe(accesses.length)
}
