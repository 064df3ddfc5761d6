import type { Rotation } from '../../src/vocabulary/rotation.ts'

/** A refresh token as the models of this folder see it. */
export interface Used {
  readonly expiresAt: number
  /** How often it was used, this time included. */
  readonly uses: number
}

/**
 * What a use of a refresh token makes of it: whether it has ended, and else when it ends. The policies said once more, so
 * that the engine is held against something.
 */
export function afterUse({ renewsAt, again }: Rotation, { uses, expiresAt }: Used, now: number) {
  if (renewsAt === 'noUse') return { ended: false, expiresAt }
  if (renewsAt === 'thirdUse') return { ended: uses % 3 === 0, expiresAt }
  if (!again) return { ended: true, expiresAt }
  return { ended: uses > again.times, expiresAt: uses === 1 ? Math.min(expiresAt, now + again.within) : expiresAt }
}
