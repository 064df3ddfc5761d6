import { environmentOf } from '../control/environments.ts'
import { playable } from '../control/playable.ts'
import type { ProviderDefinition } from '../vocabulary/definition.ts'
import type { Environment } from '../vocabulary/environment.ts'
import { lifetimeOf } from '../vocabulary/lifetimes.ts'
import { rotationFor } from '../vocabulary/override-rotation.ts'
import type { Config } from './config.ts'
import type { Findings } from './findings.ts'
import { suggestion } from './mistake.ts'

/** What a configuration plays, as far as it can be played. */
export interface Played {
  readonly environments: readonly Environment[]
  /** Whether a name is that of a provider that is played; says so at this path where it is none. */
  names(path: readonly string[], provider: string): boolean
}

/**
 * Judges providers, assumptions, lifetimes and rotation policies.
 * @param unread whether a provider's own file could not be read: any name may be that provider's
 */
export function judgePlayed(config: Config, findings: Findings, unread: boolean): Played {
  const { attempt, entriesOf, isSound, add } = findings
  const plain = judgeProviders(config.providers, findings)
  const ids = [...new Set(plain.flatMap((one) => playable([one]).map(({ provider }) => provider)))]
  const names = (path: readonly string[], provider: string) => {
    const isPlayed = ids.includes(provider)
    if (!isPlayed && !unread && isSound(path))
      add(path, ` is of no provider that is played${suggestion(provider, ids)}`)
    return isPlayed
  }

  const chosen = entriesOf(config.assume, ['assume']).map(([key, choice]) => {
    const dot = key.lastIndexOf('.')
    return { key, choice: String(choice), provider: dot < 0 ? key : key.slice(0, dot) }
  })
  for (const { key, provider } of chosen) names(['assume', key], provider)
  const environments = plain.flatMap((one) => {
    const id = idOf(one)
    const own = chosen.filter(({ key, provider }) => provider === id && isSound(['assume', key]))
    const good = own.filter(({ key, choice }) => attempt(['assume', key], () => playable([one], { [key]: choice })))
    return playable([one], Object.fromEntries(good.map(({ key, choice }) => [key, choice])))
  })

  for (const [id, lifetimes] of entriesOf(config.lifetimes, ['lifetimes'])) {
    const rules = environments.find(({ provider }) => provider === id)?.rules
    if (!names(['lifetimes', id], id) || !rules) continue
    for (const [kind, text] of entriesOf(lifetimes, ['lifetimes', id])) {
      attempt(['lifetimes', id, kind], () => lifetimeOf(rules, kind, String(text)))
    }
  }
  for (const [name, policy] of entriesOf(config.rotation, ['rotation'])) {
    const path = ['rotation', name]
    if (!names(path, name.split(':')[0] ?? '')) continue
    const environment = attempt(path, () => environmentOf({ environments }, name))
    if (environment) attempt(path, () => rotationFor(environment.rules, String(policy)))
  }
  return { environments, names }
}

const idOf = (provider: string | ProviderDefinition) => (typeof provider === 'string' ? provider : provider.id)

/** Those that can be played: all that there are where none is named. */
function judgeProviders(listed: Config['providers'], { attempt, add, isSound, entriesOf }: Findings) {
  const named = entriesOf(listed, ['providers']).map(([, one]) => one as string | ProviderDefinition)
  if (named.length === 0) return [...new Set(playable([]).map(({ provider }) => provider))]
  return named.filter((one, i) => {
    const path = ['providers', `${i}`]
    if (!isSound(path)) return false
    const first = named.findIndex((other) => idOf(other) === idOf(one))
    if (first < i) {
      if (named[first] !== one)
        add(path, ` has the id "${idOf(one)}", as providers.${first} has. Give one of them another.`)
      return false
    }
    return attempt(path, () => playable([one])) !== undefined
  })
}
