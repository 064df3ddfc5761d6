import { inWords } from './duration.ts'
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

/** One value of a definition, where it stands and how it is known. */
export interface EvidenceEntry {
  /** `token.accessToken.lifetime` */
  readonly path: string
  /** The value that is played, in words. */
  readonly words: string
  readonly grade: Grade
  /** Where it was read, or for an assumption why it was chosen. */
  readonly source: string
  /** The name that chooses an alternative: `--assume <provider>.<as>=<one of otherwise>`. */
  readonly as?: string
  readonly otherwise?: readonly string[]
  /** The name of the alternative played, when it is not the default. */
  readonly chosen?: string
}

/** A definition as it will be played, and how each of its values is known, in its own order. */
export interface Resolved<T> {
  readonly plain: Plain<T>
  readonly evidence: readonly EvidenceEntry[]
}

type Evidence = Omit<EvidenceEntry, 'path' | 'words'>

const identity = new Set(['id', 'name', 'docs'])

/**
 * Takes the evidence off a definition, playing the chosen alternatives. A bare value is documented by the page.
 * @throws {MockOAuthError} `unknown_assumption` for a choice that the definition does not offer
 */
export function resolve<T>(provider: string, definition: T, choices: Choices): Resolved<T> {
  const evidence: EvidenceEntry[] = []

  /** @param listed false inside a value that has been listed as a whole */
  const strip = (value: unknown, path: string, known: Evidence, listed: boolean): unknown => {
    if (isKnown(value)) {
      const { grade, source, as, otherwise } = value
      const wanted = as === undefined ? undefined : choices[as]
      const chosen = wanted !== undefined && otherwise && Object.hasOwn(otherwise, wanted) ? wanted : undefined
      const played = chosen === undefined ? value.value : otherwise?.[chosen]
      const own: Evidence = {
        grade,
        source,
        ...(as && otherwise ? { as, otherwise: Object.keys(otherwise) } : {}),
        ...(chosen ? { chosen } : {}),
      }
      if (own.as && listed) evidence.push({ path, words: wordsOf(played, path), ...own })
      return strip(played, path, own, listed && !own.as)
    }
    const whole = typeof value !== 'object' || value === null || hasWords(value)
    if (whole && listed && !identity.has(path)) evidence.push({ path, words: wordsOf(value, path), ...known })
    if (typeof value !== 'object' || value === null) return value
    const within = (inner: unknown, key: string) => strip(inner, path ? `${path}.${key}` : key, known, listed && !whole)
    if (Array.isArray(value)) return value.map((item, i) => within(item, `${i}`))
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, within(inner, key)]))
  }

  const plain = strip(definition, '', { grade: 'documented', source: 'the page' }, true) as Plain<T>
  refuseUnknown(provider, choices, evidence)
  return { plain, evidence }
}

const hasWords = (value: object): value is { words: string } => typeof (value as { words?: unknown }).words === 'string'

/** A value for people: its own words, a length of time, or its JSON with the words of its parts. */
function wordsOf(value: unknown, path: string): string {
  if (typeof value === 'number' && path.endsWith('.lifetime')) return inWords(value)
  if (typeof value === 'string') return value
  if (typeof value === 'object' && value !== null && hasWords(value)) return value.words
  return JSON.stringify(value, (_, part) => {
    if (isKnown(part)) return part.value
    return typeof part === 'object' && part !== null && hasWords(part) ? part.words : part
  })
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
