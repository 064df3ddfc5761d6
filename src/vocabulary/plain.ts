import { type Grade, isKnown, type Known } from './evidence.ts'
import { MockOAuthError } from './misuse.ts'

/** A definition with the evidence taken off: what the engine reads. */
export type Plain<T> =
  T extends Known<infer V>
    ? Plain<V>
    : T extends (...args: never[]) => unknown
      ? T
      : T extends readonly (infer E)[]
        ? readonly Plain<E>[]
        : T extends object
          ? { readonly [K in keyof T]: Plain<T[K]> }
          : T

/** Which of its `otherwise` a world plays, by the assumption's name: `{ errors: 'kong' }`. */
export type Choices = Readonly<Record<string, string>>

/** One value of a definition that carries its evidence, and where it stands. */
export interface EvidenceEntry {
  readonly path: string
  readonly grade: Grade
  readonly source: string
  readonly as?: string
  readonly otherwise?: readonly string[]
  /** The name of the alternative played, when it is not the default. */
  readonly chosen?: string
}

/** A definition as it will be played, and the evidence met on the way. */
export interface Resolved<T> {
  readonly plain: Plain<T>
  readonly evidence: readonly EvidenceEntry[]
}

/**
 * Takes the evidence off a definition, playing the chosen alternatives.
 * @throws {MockOAuthError} `unknown_assumption` for a choice that the definition does not offer
 */
export function resolve<T>(provider: string, definition: T, choices: Choices): Resolved<T> {
  const evidence: EvidenceEntry[] = []
  const strip = (value: unknown, path: string): unknown => {
    if (isKnown(value)) {
      const { grade, source, as, otherwise } = value
      const wanted = as === undefined ? undefined : choices[as]
      const chosen = wanted !== undefined && otherwise && Object.hasOwn(otherwise, wanted) ? wanted : undefined
      evidence.push({
        path,
        grade,
        source,
        ...(as && otherwise ? { as, otherwise: Object.keys(otherwise) } : {}),
        ...(chosen ? { chosen } : {}),
      })
      return strip(chosen ? otherwise?.[chosen] : value.value, path)
    }
    if (Array.isArray(value)) return value.map((item, i) => strip(item, `${path}.${i}`))
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [key, strip(inner, path ? `${path}.${key}` : key)]),
      )
    }
    return value
  }
  const plain = strip(definition, '') as Plain<T>
  refuseUnknown(provider, choices, evidence)
  return { plain, evidence }
}

function refuseUnknown(provider: string, choices: Choices, evidence: readonly EvidenceEntry[]): void {
  for (const [name, choice] of Object.entries(choices)) {
    const named = evidence.filter((entry) => entry.as === name)
    if (named.some((entry) => entry.chosen)) continue
    const offered = (entries: readonly EvidenceEntry[]) =>
      [...new Set(entries.flatMap((e) => (e.otherwise ?? []).map((other) => `${provider}.${e.as}=${other}`)))].join(
        ', ',
      )
    throw new MockOAuthError(
      'unknown_assumption',
      named.length > 0
        ? `"${choice}" is no alternative for ${provider}.${name}. Expected ${offered(named)}.`
        : `${provider} has no assumption named "${name}". It offers ${offered(evidence) || 'none'}.`,
    )
  }
}
