import { inWords } from './duration.ts'
import { type Grade, isKnown, type Known } from './evidence.ts'
import { meaningOf } from './meanings.ts'
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
  /** `configured` for a value that stands in place of the provider's own. */
  readonly grade: Grade | 'configured'
  /** Where it was read, or for an assumption why it was chosen. */
  readonly source: string
  /** The name that chooses an alternative: `--assume <provider>.<as>=<one of otherwise>`. */
  readonly as?: string
  /** The other plausible values in words, by name. */
  readonly otherwise?: Readonly<Record<string, string>>
  /** The name of the alternative played, when it is not the default. */
  readonly chosen?: string
}

/** A definition as it will be played, and how each of its values is known, in its own order. */
export interface Resolved<T> {
  readonly plain: Plain<T>
  readonly evidence: readonly EvidenceEntry[]
}

type Evidence = Omit<EvidenceEntry, 'path' | 'words' | 'grade'> & { readonly grade: Grade }

/** The source of a value that the documentation at `docs` states. */
export const thePage = 'the page'

/** Where a number is a length of time. */
const isLength = /\.(lifetime|interval|answerWithin|retryAnswerWithin)$/

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
      const own: Evidence = {
        grade,
        source,
        ...(as && otherwise
          ? { as, otherwise: mapValues(otherwise, (alternative) => wordsOf(alternative, path)) }
          : {}),
        ...(chosen ? { chosen } : {}),
      }
      return strip(chosen === undefined ? value.value : otherwise?.[chosen], path, own, listed)
    }
    const whole = isWhole(value) || (known.as !== undefined && !holdsEvidence(value))
    const { grade, source } = known
    if (listed && !identity.has(path)) {
      if (whole) evidence.push({ path, words: wordsOf(value, path), ...known })
      else if (known.as) evidence.push({ path, words: 'as the values below say', ...known })
    }
    if (typeof value !== 'object' || value === null) return value
    const within = (inner: unknown, key: string) =>
      strip(inner, path ? `${path}.${key}` : key, { grade, source }, listed && !whole)
    return Array.isArray(value) ? value.map((item, i) => within(item, `${i}`)) : mapValues(value, within)
  }

  const plain = strip(definition, '', { grade: 'documented', source: thePage }, true) as Plain<T>
  refuseUnknown(provider, choices, evidence)
  return { plain, evidence }
}

function mapValues<Out>(value: object, to: (inner: unknown, key: string) => Out): Record<string, Out> {
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, to(inner, key)]))
}

const hasWords = (value: object): value is { words: string } => typeof (value as { words?: unknown }).words === 'string'

/** True for what is listed in one piece: a scalar, a value with words of its own, a list of these, and what is empty. */
function isWhole(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (isKnown(value)) return false
  return hasWords(value) || (Array.isArray(value) ? value.every(isWhole) : Object.keys(value).length === 0)
}

function holdsEvidence(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || hasWords(value)) return false
  return isKnown(value) || Object.values(value).some(holdsEvidence)
}

/** A value for people, without quotes and braces where it has a name or words of its own. */
function wordsOf(value: unknown, path: string): string {
  if (isKnown(value)) return wordsOf(value.value, path)
  if (value === undefined) return 'not there'
  const meaning = meaningOf(path, value)
  if (meaning) return typeof value === 'boolean' ? meaning : `${value}: ${meaning}`
  if (typeof value === 'number' && isLength.test(path)) return inWords(value)
  if (typeof value !== 'object' || value === null) return String(value)
  if (hasWords(value)) return value.words
  if (Array.isArray(value)) return value.map((item, i) => wordsOf(item, `${path}.${i}`)).join(', ') || 'none'
  const parts = Object.entries(value).map(([key, inner]) => {
    const words = wordsOf(inner, `${path}.${key}`)
    const nested = typeof inner === 'object' && inner !== null && !hasWords(inner) && !isKnown(inner)
    return `${key}: ${nested && Object.keys(inner).length > 0 ? `{ ${words} }` : words}`
  })
  return parts.join(', ') || 'an empty object'
}

function refuseUnknown(provider: string, choices: Choices, evidence: readonly EvidenceEntry[]): void {
  for (const [name, choice] of Object.entries(choices)) {
    const named = evidence.filter((entry) => entry.as === name)
    if (named.some((entry) => entry.chosen)) continue
    const offered = (entries: readonly EvidenceEntry[]) =>
      [
        ...new Set(
          entries.flatMap((e) => Object.keys(e.otherwise ?? {}).map((other) => `${provider}.${e.as}=${other}`)),
        ),
      ].join(', ')
    throw new MockOAuthError(
      'unknown_assumption',
      named.length > 0
        ? `"${choice}" is no alternative for ${provider}.${name}. Expected ${offered(named)}.`
        : `${provider} has no assumption named "${name}". It offers ${offered(evidence) || 'none'}.`,
    )
  }
}
