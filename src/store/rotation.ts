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

/** Whether a token may not be used again, by a policy at a moment: its uses are spent, or the time for them is over. */
export function isUsedUp({ spent, rotated, expired }: RefreshToken, { again }: Rotation, now: number): boolean {
  if (spent || !rotated) return spent !== undefined
  if (!again || rotated.further >= again.times) return true
  const until = Math.min(rotated.until, rotated.at + again.within)
  // One whose own life ended while it might have been used again has expired.
  return until < rotated.wouldEnd && (expired === true || until <= now)
}

/** When a refresh token ends that is not used (again): what a new one inherits where lives do not begin anew. */
export const ownEndOf = ({ rotated, expiresAt }: RefreshToken): number => rotated?.wouldEnd ?? expiresAt

/** What a use of a refresh token does under a policy; nothing when it may not be used any more. */
export function useOf(token: RefreshToken, { rotation, fresh, before, ending }: UseOf): Use | undefined {
  if (isUsedUp(token, rotation, ending.at)) return undefined
  if (token.rotated) return useAgain(token, token.rotated, { rotation, fresh, before, ending })
  const { renewsAt, again } = rotation
  const { accessToken, refreshToken } = fresh
  const uses = (token.uses ?? 0) + 1
  // One that nothing can take the place of lives on, too.
  const isRenewed = refreshToken && (renewsAt === 'eachUse' || (renewsAt === 'thirdUse' && uses % 3 === 0))
  if (!isRenewed) {
    const after = { ...token, uses, accessToken: accessToken.value }
    const isSaidAgain = renewsAt === 'noUse' || !refreshToken
    return {
      after,
      stored: { accessToken },
      brings: isSaidAgain ? { accessToken, refreshToken: token } : { accessToken },
    }
  }
  if (!again) return { after: spend(token, uses, ending), stored: fresh, brings: fresh }
  // A pair that comes again is one that still works.
  const pairEnds = Math.min(accessToken.expiresAt, refreshToken.expiresAt)
  const lasts = again.brings === 'theSamePair' ? pairEnds : Number.POSITIVE_INFINITY
  const until = Math.min(ending.at + again.within, lasts)
  const pair = { accessToken: accessToken.value, refreshToken: refreshToken.value }
  const rotated = { ...ending, until, wouldEnd: token.expiresAt, further: 0, pair }
  return {
    after: { ...token, uses, expiresAt: Math.min(token.expiresAt, until), rotated },
    stored: fresh,
    brings: fresh,
  }
}

/** Written out: most refreshes come this way, and an object that another one is spread into is slow to make. */
const spend = (
  { value, environment, clientId, grantId, issuedAt, expiresAt, issuedBy, from, test, accessToken }: RefreshToken,
  uses: number,
  spent: Ending,
): RefreshToken => ({
  value,
  environment,
  clientId,
  grantId,
  issuedAt,
  expiresAt,
  issuedBy,
  from,
  test,
  accessToken,
  uses,
  spent,
})

/** A use of a token that was rotated. */
function useAgain(
  token: RefreshToken,
  rotated: NonNullable<RefreshToken['rotated']>,
  { rotation: { again }, fresh, before, ending }: UseOf,
): Use | undefined {
  if (!again || token.expiresAt <= ending.at) return undefined
  const further = rotated.further + 1
  const used = { ...token, uses: (token.uses ?? 0) + 1, rotated: { ...rotated, further } }
  const after = further < again.times ? used : { ...used, spent: ending }
  if (again.brings === 'aNewPair') return { after, stored: fresh, brings: fresh }
  return before && { after, stored: undefined, brings: before }
}
