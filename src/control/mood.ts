import type { Environment } from '../vocabulary/environment.ts'
import type { Fault } from '../vocabulary/fault.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'
import { moodFaults } from '../vocabulary/mood.ts'
import { possibleFault } from './faults.ts'

/**
 * The acts of a mood that somebody who is played can do.
 * @throws {MockOAuthError} `invalid_option`
 */
export const actsOf = (environments: readonly Environment[], mood: string): readonly Fault[] =>
  moodFaults(mood).flatMap((act) => ifPossible(environments, act))

function ifPossible(environments: readonly Environment[], act: Fault): readonly Fault[] {
  try {
    return [possibleFault(environments, act)]
  } catch (error) {
    if (error instanceof MockOAuthError) return []
    throw error
  }
}
