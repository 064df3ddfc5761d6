/**
 * How a value in a provider definition is known.
 *
 * - `documented`: the provider's page says so (a bare value), or another official document does
 * - `observed`: seen in public integrations, SDKs or captured traffic
 * - `standard`: an RFC says so
 * - `assumed`: nobody documents it; the most plausible value was chosen
 */
export type Grade = 'documented' | 'observed' | 'standard' | 'assumed'

const mark = Symbol.for('mock-oauth.evidence')

/** A value together with how it is known. */
export interface Known<T> {
  readonly [mark]: true
  readonly value: T
  readonly grade: Grade
  /** Where it was read, or for an assumption why it was chosen. */
  readonly source: string
  /** The name that `--assume provider.name=choice` uses; only values with `otherwise` have one. */
  readonly as?: string
  /** The other plausible behaviours, by name. */
  readonly otherwise?: Readonly<Record<string, T>>
}

/** A bare value is stated by the provider's own page; anything else carries its evidence. */
export type Graded<T> = T | Known<T>

/** Other plausible values of a graded value, and the name under which a world chooses one of them. */
export interface Alternatives<O> {
  as: string
  otherwise: Readonly<Record<string, O>>
}

function known<T>(grade: Grade, value: T, source: string, alternatives: Partial<Alternatives<T>> = {}): Known<T> {
  const { as, otherwise } = alternatives
  return { [mark]: true, value, grade, source, ...(as === undefined ? {} : { as }), ...(otherwise && { otherwise }) }
}

/** Stated by an official document other than the page, or by the page where alternatives must be offered. */
export const documented = <const V, const O = never>(value: V, where: string, or?: Alternatives<O>): Known<V | O> =>
  known<V | O>('documented', value, where, or)

/** Seen in public code or traffic. */
export const observed = <const V, const O = never>(value: V, where: string, or?: Alternatives<O>): Known<V | O> =>
  known<V | O>('observed', value, where, or)

/** Laid down by an RFC; `section` reads like `RFC 6749 §5.2`. */
export const standard = <const V, const O = never>(value: V, section: string, or?: Alternatives<O>): Known<V | O> =>
  known<V | O>('standard', value, section, or)

/** Chosen because nobody documents it. */
export const assumed = <const V, const O = never>(
  value: V,
  why: { because: string } & (Alternatives<O> | { as?: never; otherwise?: never }),
): Known<V | O> => known<V | O>('assumed', value, why.because, why)

/** True for a value that carries its evidence. */
export const isKnown = (value: unknown): value is Known<unknown> =>
  typeof value === 'object' && value !== null && (value as { [mark]?: unknown })[mark] === true
