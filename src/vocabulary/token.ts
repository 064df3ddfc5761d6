import type { Milliseconds } from './duration.ts'
import type { Graded } from './evidence.ts'
import type { Format } from './format.ts'

/**
 * What happens to the old refresh token when it is used.
 *
 * - `none`: it lives on and is returned again
 * - `singleUse`: it is dead, a new one comes; using it again is refused and does nothing else
 * - `singleUse+familyRevoked`: the same, and using it again ends every token of the family
 */
export type RotationPolicy = 'none' | 'singleUse' | 'singleUse+familyRevoked'

/** How codes look, how long they live and what a second use does. */
export interface CodeRules {
  value: Graded<Format>
  lifetime: Graded<Milliseconds>
  /** A second use is always refused; it may also end the tokens of the first (RFC 6749 §4.1.2). */
  replay: Graded<'refused' | 'familyRevoked'>
  /** What a wrong verifier does: nothing, or the challenge is gone and no verifier will answer it any more. */
  failedVerifier?: Graded<'refused' | 'challengeLost'>
}

/** How access tokens look and how long they live. */
export interface AccessTokenRules {
  value: Graded<Format>
  lifetime: Graded<Milliseconds>
}

/** How refresh tokens look, how long they live and how they rotate. */
export interface RefreshTokenRules {
  value: Graded<Format>
  lifetime: Graded<Milliseconds>
  rotation: Graded<RotationPolicy>
  /** Whether a rotated token starts a lifetime of its own, or ends when the first one would have. */
  renewedLifetime: Graded<'whole' | 'remaining'>
  /** What becomes of the access token issued with the old refresh token. */
  oldAccessToken: Graded<'lives' | 'dies'>
  /** The scope that has to be granted for a refresh token to be issued. */
  onlyWithScope?: Graded<string>
}
