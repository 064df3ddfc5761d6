import { playable } from '../control/playable.ts'
import type { Environment } from '../vocabulary/environment.ts'
import type { Grade } from '../vocabulary/evidence.ts'
import { authorizeErrorFact, type ErrorFact, errorFact } from './errors.ts'

/** One value of a definition: where it stands, what it is, how it is known, and how to choose another. */
export interface Fact {
  readonly path: string
  readonly value: string
  readonly grade: Grade
  readonly source: string
  /** Each `--assume` that picks another plausible value. */
  readonly otherwise?: readonly string[]
  /** The one that was picked. */
  readonly chosen?: string
}

/** The errors of one endpoint. */
export interface ErrorTable {
  readonly path: string
  readonly errors: readonly ErrorFact[]
}

/** A provider definition made to be read. */
export interface Sheet {
  readonly id: string
  readonly name: string
  readonly docs: string
  readonly environments: readonly string[]
  readonly counts: Readonly<Record<Grade, number>>
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
export function sheetOf(name: string, assume?: Readonly<Record<string, string>>): Sheet {
  const environments = playable([name], assume)
  const [production] = environments
  if (!production) throw new Error(`${name} has no environment`)
  const { rules, evidence, docs, provider } = production
  const facts = evidence.map(({ path, words, grade, source, as, otherwise, chosen }): Fact => {
    const choices = otherwise?.map((choice) => `--assume ${provider}.${as}=${choice}`)
    return { path, value: words, grade, source, ...(choices ? { otherwise: choices } : {}), ...(chosen && { chosen }) }
  })
  return {
    id: provider,
    name: production.name,
    docs,
    environments: environments.map(({ key }) => key),
    counts: countsOf(facts),
    endpoints: environments.flatMap(endpointsOf),
    facts,
    errors: [
      { path: 'authorize.errors', errors: Object.entries(rules.authorize.errors.rows).map(authorizeErrorFact) },
      { path: 'token.errors', errors: Object.entries(rules.token.errors.rows).map(errorFact) },
      { path: 'api.errors', errors: Object.entries(rules.api.errors.rows).map(errorFact) },
    ],
  }
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

function countsOf(facts: readonly Fact[]): Record<Grade, number> {
  const counts = { documented: 0, observed: 0, standard: 0, assumed: 0 }
  for (const { grade } of facts) counts[grade]++
  return counts
}
