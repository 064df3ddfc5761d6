import { configured } from './configured.ts'
import type { ProviderDefinition } from './definition.ts'
import type { Environment } from './environment.ts'
import { meaningOf } from './meanings.ts'
import { MockOAuthError } from './misuse.ts'
import type { Plain } from './plain.ts'
import { type RotationPolicy, rotationOf } from './rotation.ts'

/** Rotation policies in place of the providers' own, by the name of a provider or of one environment. */
export type Rotations = ReadonlyMap<string, RotationPolicy>

const path = 'refresh.token.rotation'

/** Which of these names an environment goes by: its own before that of its provider. */
export const rotationNameOf = (rotations: Rotations, { key, provider }: Environment): string | undefined =>
  [key, provider].find((name) => rotations.has(name))

/** Whether refresh tokens are issued and taken. */
export const isRenewing = ({ refresh }: Plain<ProviderDefinition>): boolean =>
  refresh !== undefined && refresh.offered !== false

/**
 * A rotation policy for a provider.
 * @throws {MockOAuthError} `invalid_rotation`, `invalid_option` for a provider that renews nothing
 */
export function rotationFor(rules: Plain<ProviderDefinition>, text: string): RotationPolicy {
  rotationOf(text)
  if (isRenewing(rules)) return text as RotationPolicy
  throw new MockOAuthError('invalid_option', `${rules.name} ${rules.refresh ? 'takes' : 'issues'} no refresh tokens.`)
}

/**
 * Environments with these policies in place of their own, which their evidence says.
 * @param settingOf says what has set the policy of that name
 * @throws {MockOAuthError} `invalid_rotation`, `invalid_option`
 */
export const withRotations = (
  environments: readonly Environment[],
  rotations: Rotations,
  settingOf: (name: string) => string,
): readonly Environment[] =>
  environments.map((environment) => {
    const name = rotationNameOf(rotations, environment)
    const policy = name === undefined ? undefined : rotations.get(name)
    return name === undefined || policy === undefined ? environment : withRotation(environment, policy, settingOf(name))
  })

function withRotation(environment: Environment, text: RotationPolicy, setting: string): Environment {
  const { rules, evidence } = environment
  const rotation = rotationFor(rules, text)
  const { refresh } = rules
  if (!refresh) return environment
  const set = { path, words: `${rotation}: ${meaningOf(path, rotation)}` }
  return {
    ...environment,
    rules: { ...rules, refresh: { ...refresh, token: { ...refresh.token, rotation } } },
    evidence: configured(evidence, set, setting, refresh.token.rotation),
  }
}
