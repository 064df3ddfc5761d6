import type { Evidence, Finding } from './evidence.ts'
import type { Env, Feature, Op } from './protocol/messages.ts'
import type { Scene } from './scene.ts'

/** Permanent; what kind of thing it is about, then what: `cb-state-mismatch` */
export type ClauseId = `${string}-${string}`

export type LevelWord = 'must' | 'should' | 'may'

/** How binding a clause is, and by whose word. */
export interface Level {
  readonly word: LevelWord
  readonly by: 'rfc' | 'provider' | 'ours'
}

export type ProviderId = 'mekari' | 'mercado-pago' | 'finexer' | 'mercury' | 'standard'

/** What a provider may give or not, as far as anybody knows: `--assume` and `--unknowns` play it without. */
export type Given = 'refreshes' | 'longer life by refreshes'

/** One bug in the careful client of `contracts/clients/typescript`: its text with one place changed. */
export interface Mutant {
  /** The bug in a sentence: "joins scopes by a comma" */
  readonly bug: string
  /** Where it is: a text that stands once in the client. */
  readonly find: string
  readonly replace: string
  /** Clauses that cannot be kept by a client with this bug, either. */
  readonly drags?: readonly ClauseId[]
  /** Where it is tried; the first that the clause is for when left out. */
  readonly at?: ProviderId
}

/** One rule over a sequence of exchanges. */
export interface Clause {
  readonly id: ClauseId
  /** The client must …: "refuses a callback whose state is not the one it sent" */
  readonly title: string
  readonly level: Level
  /** Where a provider's own word binds more, or less. */
  readonly levels?: Partial<Readonly<Record<ProviderId, Level>>>
  /** RFC and section, or experience: "RFC 6749 §10.12; RFC 9700 §2.1". A provider's own sentence is found in `contracts/<provider>`. */
  readonly source: string
  /** What happens to a client that breaks it, in a sentence or two, and what to do instead. */
  readonly why: string
  /** The providers whose pages are silent and where it applies all the same; those whose page asks for it are found by their sentences. */
  readonly alsoFor: readonly ProviderId[]
  /** What a client must claim. */
  readonly needs?: { readonly ops?: readonly Op[]; readonly features?: readonly Feature[] }
  /** What the provider has to give: where it does not, nobody can be asked for this. All that builds upon refreshes needs them. */
  readonly given?: Given
  /** What the story builds upon: that the client can connect, or that it can refresh as well. */
  readonly after?: 'connects' | 'refreshes'
  /** How many real seconds its story lasts, about, where it waits for some. */
  readonly seconds?: number
  /** Other facts for the client than the provider's usual ones. */
  readonly env?: (env: Env, scene: Pick<Scene, 'byIPv6' | 'untrusted' | 'world' | 'wrong'>) => Env | Promise<Env>
  /** Whether the same story without its faults has to go well, each callback connected and each call ok. Default: where the story does something wrong. */
  readonly control?: false
  /** What happens. What it does wrong stands behind `scene.arm`, `scene.wrong` and `scene.wrongly`, which do nothing in the control. */
  readonly story: (scene: Scene) => Promise<void>
  /** Why the story was not what it should have been, if so: "no call was in flight". */
  readonly missed?: (evidence: Evidence) => string | undefined
  /** What the client did wrong, if anything; pure. */
  readonly judge: (evidence: Evidence) => Finding | undefined
  /** The careful client with one bug, which breaks this clause. */
  readonly mutant: Mutant
}

/** More real time than a run has without `--slow`. */
export const isSlow = ({ seconds = 0 }: Pick<Clause, 'seconds'>): boolean => seconds > 5

/** In the order in which they begin: those that wait come first, and others are judged meanwhile. */
export const longestFirst = <One extends { readonly seconds?: number | undefined }>(
  clauses: readonly One[],
): readonly One[] => clauses.toSorted((one, other) => (other.seconds ?? 0) - (one.seconds ?? 0))

/** A clause as written: nothing but its type. */
export const clause = (written: Clause): Clause => written

const level =
  (word: LevelWord) =>
  (by: Level['by'] = 'rfc'): Level => ({ word, by })

export const must = level('must')
export const should = level('should')
export const may = level('may')

/** Every provider that is played. */
export const everywhere: readonly ProviderId[] = ['mekari', 'mercado-pago', 'finexer', 'mercury', 'standard']
