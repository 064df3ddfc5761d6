import type { Rotation } from '../vocabulary/rotation.ts'
import type { Ending, RefreshToken, TokenSet } from './store.ts'

/** A use of a refresh token that is alive. */
export interface Use {
  /** The token after it. */
  readonly after: RefreshToken
  /** What is stored of the fresh tokens; nothing when the pair of an earlier use comes again. */
  readonly stored: TokenSet | undefined
  /** What the answer brings; no refresh token where none comes. */
  readonly brings: TokenSet
}

/** What a use is judged and done by. */
export interface UseOf {
  readonly rotation: Rotation
  /** Made for this use; what of it is not stored never was. */
  readonly fresh: TokenSet
  /** The pair of the first use, as long as it stands and its refresh token was not used. */
  readonly before: TokenSet | undefined
  readonly ending: Ending
}

/** Whether a token that was rotated may not be used again, by a policy at a moment: the time for that is over, or there is none. */
export const isUsedUp = ({ rotated, expired, expiresAt }: RefreshToken, { again }: Rotation, now: number): boolean =>
  rotated !== undefined && (!again || rotated.until <= now || (expired === true && expiresAt === rotated.until))

/** What a use of a refresh token does under a policy; nothing when it may not be used any more. */
export function useOf(token: RefreshToken, { rotation, fresh, before, ending }: UseOf): Use | undefined {
  const { renewsAt, again } = rotation
  const uses = (token.uses ?? 0) + 1
  const { accessToken, refreshToken } = fresh
  if (token.spent) return undefined
  if (token.rotated) {
    if (!again || token.expiresAt <= ending.at || isUsedUp(token, rotation, ending.at)) return undefined
    const after = uses > again.times ? { ...token, uses, spent: ending } : { ...token, uses }
    if (again.brings === 'aNewPair') return { after, stored: fresh, brings: fresh }
    return before && { after, stored: undefined, brings: before }
  }
  const stays = { ...token, uses, accessToken: accessToken.value }
  if (renewsAt === 'noUse') {
    return { after: stays, stored: { accessToken }, brings: { accessToken, refreshToken: token } }
  }
  if (renewsAt === 'thirdUse' && uses % 3 !== 0) {
    return { after: stays, stored: { accessToken }, brings: { accessToken } }
  }
  if (!again || !refreshToken) return { after: { ...token, uses, spent: ending }, stored: fresh, brings: fresh }
  const until = ending.at + again.within
  const pair = { accessToken: accessToken.value, refreshToken: refreshToken.value }
  const expiresAt = Math.min(token.expiresAt, until)
  return { after: { ...token, uses, expiresAt, rotated: { ...ending, until, pair } }, stored: fresh, brings: fresh }
}
