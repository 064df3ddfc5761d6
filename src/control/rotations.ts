import type { Environment } from '../vocabulary/environment.ts'
import { rotationFor } from '../vocabulary/override-rotation.ts'
import type { EvidenceEntry } from '../vocabulary/plain.ts'
import type { RotationPolicy } from '../vocabulary/rotation.ts'
import type { World } from '../world/world.ts'
import { environmentOf } from './environments.ts'

/** What becomes of the refresh tokens of one environment, and how that is known. */
export interface RotationShown extends Pick<EvidenceEntry, 'grade' | 'source'> {
  /** `acme`, or `acme:sandbox` for an environment apart. */
  readonly provider: string
  readonly policy: RotationPolicy
  /** The policy and what it does, in words. */
  readonly words: string
}

/** The rotation policy of each environment that has refresh tokens. */
export const listRotations = ({ environments }: Pick<World, 'environments'>): readonly RotationShown[] =>
  environments.flatMap(shown)

function shown({ key, rules, evidence }: Environment): readonly RotationShown[] {
  const known = evidence.find(({ path }) => path === 'refresh.token.rotation')
  if (!rules.refresh || !known) return []
  const { words, grade, source } = known
  return [{ provider: key, policy: rules.refresh.token.rotation, words, grade, source }]
}

/**
 * Sets a rotation policy while the world goes on, or takes that back: for a provider with all its environments, for one
 * environment, or for the only provider when none is named.
 * @throws {MockOAuthError} `unknown_provider`, `invalid_rotation`, `invalid_option`
 */
export function setRotation(world: World, policy: RotationPolicy | null, provider?: string): void {
  const { key, rules } = environmentOf(world, provider)
  const rotations = new Map(world.rotations)
  if (policy === null) rotations.delete(key)
  else rotations.set(key, rotationFor(rules, policy))
  world.setRotations(rotations)
}
