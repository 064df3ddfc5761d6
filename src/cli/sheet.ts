import { playable } from '../control/playable.ts'
import type { Lifetimes, RotationPolicy } from '../index.ts'
import type { ProviderDefinition } from '../vocabulary/definition.ts'
import type { Environment } from '../vocabulary/environment.ts'
import type { EvidenceEntry } from '../vocabulary/plain.ts'
import { type ErrorTable, errorTables } from './sheet-errors.ts'

/** Another plausible value. */
export interface Choice {
  /** `--assume mekari.errors=kong` */
  readonly choose: string
  readonly value: string
}

/** One value of a definition: where it stands, what it is, how it is known, and how to choose another. */
export interface Fact {
  readonly path: string
  readonly value: string
  readonly grade: EvidenceEntry['grade']
  readonly source: string
  /** The open question that the value is one answer to: `mekari.errors`. */
  readonly question?: string
  readonly otherwise?: readonly Choice[]
  /** The one that was picked. */
  readonly chosen?: string
}

/** How many values are known in which way; how many were set by configuration, where some were. */
type Counts = Readonly<Record<Exclude<EvidenceEntry['grade'], 'configured'>, number> & { configured?: number }>

/** A provider definition made to be read. */
export interface Sheet {
  readonly id: string
  readonly name: string
  readonly docs: string
  readonly environments: readonly string[]
  readonly counts: Counts
  readonly endpoints: readonly {
    readonly endpoint: string
    readonly methods: readonly string[]
    readonly url: string
  }[]
  /** In the order of the definition, which is that of its page. */
  readonly facts: readonly Fact[]
  readonly errors: readonly ErrorTable[]
}

/**
 * Walks a definition as it is played with these assumptions.
 * @throws {MockOAuthError} `unknown_provider`, `unknown_assumption`
 */
export function sheetOf(
  of: string | ProviderDefinition,
  assume?: Readonly<Record<string, string>>,
  lifetimes?: Lifetimes,
  rotation?: Readonly<Record<string, RotationPolicy>>,
): Sheet {
  const play = (choices = assume) =>
    playable([of], choices, lifetimes && { [typeof of === 'string' ? of : of.id]: lifetimes }, rotation)
  const environments = play()
  const production = firstOf(environments)
  const { evidence, docs, provider } = production
  const facts = evidence.map((entry) => factOf(provider, entry))
  return {
    id: provider,
    name: production.name,
    docs,
    environments: environments.map(({ key }) => key),
    counts: countsOf(facts),
    endpoints: environments.flatMap(endpointsOf),
    facts,
    errors: errorTables(production, (assumption, choice) => firstOf(play({ ...assume, [assumption]: choice }))),
  }
}

function firstOf([production]: readonly Environment[]): Environment {
  if (!production) throw new Error('a provider has no environment')
  return production
}

function factOf(provider: string, { path, words, grade, source, as, otherwise, chosen }: EvidenceEntry): Fact {
  const fact = { path, value: words, grade, source, ...(chosen && { chosen }) }
  if (as === undefined || otherwise === undefined) return fact
  const question = `${provider}.${as}`
  const choices = Object.entries(otherwise).map(([choice, value]) => ({
    choose: `--assume ${question}=${choice}`,
    value,
  }))
  return { ...fact, question, otherwise: choices }
}

/** Methods of one endpoint at one URL stand together. */
const endpointsOf = ({ routes }: Environment) =>
  [...routes].flatMap(([url, methods]) =>
    [...new Set([...methods.values()].map(({ endpoint }) => endpoint))].map((endpoint) => ({
      endpoint,
      methods: [...methods].filter(([, route]) => route.endpoint === endpoint).map(([method]) => method),
      url,
    })),
  )

function countsOf(facts: readonly Fact[]): Counts {
  const counted = (wanted: Fact['grade']) => facts.filter(({ grade }) => grade === wanted).length
  const [documented, observed, standard, assumed] = [
    counted('documented'),
    counted('observed'),
    counted('standard'),
    counted('assumed'),
  ]
  const configured = counted('configured')
  return { documented, observed, standard, assumed, ...(configured > 0 && { configured }) }
}
