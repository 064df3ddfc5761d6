import { closest, distance } from 'fastest-levenshtein'
import { providers } from '../providers.ts'
import type { ProviderDefinition } from '../vocabulary/definition.ts'
import { type Environment, environmentsOf } from '../vocabulary/environment.ts'
import type { Lifetimes } from '../vocabulary/lifetimes.ts'
import { at, MockOAuthError } from '../vocabulary/misuse.ts'
import { rotationFor, withRotations } from '../vocabulary/override-rotation.ts'
import type { RotationPolicy } from '../vocabulary/rotation.ts'

/** What is to be played: a provider's name, or a definition. */
export type Playable = string | ProviderDefinition

/**
 * The environments of the providers asked for, as the assumptions say; of every provider in the list when none is.
 * Definitions are taken as they are: `checkOwn` holds them against the vocabulary before.
 * @param assume `{ '<provider>.<assumption>': '<choice>' }`
 * @param lifetimes by provider
 * @param rotation by provider or environment
 * @throws {MockOAuthError} `unknown_provider`, `unknown_assumption`, `invalid_definition`, `invalid_option`, `invalid_duration`,
 *   `invalid_rotation`
 */
export function playable(
  wanted: readonly Playable[],
  assume: Readonly<Record<string, string>> = {},
  lifetimes: Readonly<Record<string, Lifetimes>> = {},
  rotation: Readonly<Record<string, RotationPolicy>> = {},
): readonly Environment[] {
  const chosen = chosenBy(wanted.length > 0 ? wanted : Object.keys(providers))
  const ids = [...chosen.keys()]
  const choices = sortByProvider(assume, ids)
  const unplayed = Object.keys(lifetimes).find((id) => !chosen.has(id))
  if (unplayed !== undefined) {
    throw new MockOAuthError('invalid_option', `lifetimes.${unplayed}: not played. Played: ${ids.join(', ')}.`)
  }
  const environments = [...chosen].flatMap(([id, definition]) =>
    Object.hasOwn(choices, id) || Object.hasOwn(lifetimes, id)
      ? environmentsOf(definition, choices[id], Object.hasOwn(lifetimes, id) ? lifetimes[id] : {})
      : asWritten(definition),
  )
  return rotating(environments, rotation)
}

const laidOut = new WeakMap<ProviderDefinition, readonly Environment[]>()

/** The environments of a definition as it is written. Ours do not change: each is laid out once for all mocks of a process. */
function asWritten(definition: ProviderDefinition): readonly Environment[] {
  if (definition !== ours(definition.id)) return environmentsOf(definition)
  const environments = laidOut.get(definition) ?? environmentsOf(definition)
  laidOut.set(definition, environments)
  return environments
}

/** Environments with these rotation policies in place of their own. */
function rotating(environments: readonly Environment[], rotation: Readonly<Record<string, RotationPolicy>>) {
  const settingOf = (name: string) => `rotation.${name}`
  for (const [name, policy] of Object.entries(rotation)) {
    const named = environments.find(({ key }) => key === name)
    if (!named) {
      const played = environments.map(({ key }) => key).join(', ')
      throw new MockOAuthError('invalid_option', `${settingOf(name)}: not played. Played: ${played}.`)
    }
    at(settingOf(name), () => rotationFor(named.rules, policy))
  }
  return withRotations(environments, new Map(Object.entries(rotation)), settingOf)
}

/** Definitions by their ids, each once. */
function chosenBy(wanted: readonly Playable[]): ReadonlyMap<string, ProviderDefinition> {
  const chosen = new Map<string, ProviderDefinition>()
  for (const one of wanted) {
    const definition = typeof one === 'string' ? named(one) : one
    const { id } = definition
    const other = chosen.get(id) ?? ours(id) ?? definition
    if (other !== definition) {
      const whose = other === ours(id) ? 'a provider of mock-oauth' : 'another definition'
      const message = `${id}: id is "${id}", and so is that of ${whose}. Expected an id of its own, such as "my-${id}".`
      throw new MockOAuthError('invalid_definition', message)
    }
    chosen.set(id, definition)
  }
  return chosen
}

const ours = (id: string) => (Object.hasOwn(providers, id) ? providers[id] : undefined)

function named(name: string): ProviderDefinition {
  const definition = ours(name)
  if (definition) return definition
  const known = Object.keys(providers)
  const nearest = closest(name, known)
  const isFile = /[\\/]|\.[cm]?[jt]s$/.test(name)
  const hint = isFile
    ? ' Import the file, and give the definition that it exports.'
    : distance(name, nearest) <= name.length / 2
      ? ` Did you mean "${nearest}"?`
      : ''
  throw new MockOAuthError('unknown_provider', `There is no provider "${name}".${hint} Known: ${known.join(', ')}.`)
}

function sortByProvider(assume: Readonly<Record<string, string>>, chosen: readonly string[]) {
  const sorted: Record<string, Record<string, string>> = {}
  for (const [key, choice] of Object.entries(assume)) {
    const dot = key.lastIndexOf('.')
    const [provider, name] = [key.slice(0, dot), key.slice(dot + 1)]
    if (dot < 0 || !chosen.includes(provider)) {
      throw new MockOAuthError(
        'unknown_assumption',
        `"${key}" names no provider that is played. Expected <provider>.<assumption>=<choice>.`,
      )
    }
    sorted[provider] = { ...sorted[provider], [name]: choice }
  }
  return sorted
}
