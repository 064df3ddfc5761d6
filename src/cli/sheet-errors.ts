import type { Environment } from '../vocabulary/environment.ts'
import { type ErrorFact, type ErrorRules, errorFacts } from './error-facts.ts'

/** The errors of one endpoint in one dialect. */
export interface ErrorTable {
  /** `token.errors` */
  readonly path: string
  readonly words: string
  /** The choice under which it is played, where it is not played now: `--assume mekari.errors=kong`. */
  readonly choose?: string
  /** The steps in which a request is judged, where the dialect has an order of its own. */
  readonly order: readonly string[]
  /** Those first steps of which the last refusal is shown. */
  readonly lastWins: readonly string[]
  /** Those that are taken only when the person has approved. */
  readonly afterConsent: readonly string[]
  readonly errors: readonly ErrorFact[]
}

/**
 * The error tables that are played, and after each its other dialects.
 * @param replay the same provider with one assumption changed
 */
export function errorTables(
  { provider, rules, evidence }: Environment,
  replay: (assumption: string, choice: string) => Environment,
): readonly ErrorTable[] {
  const parameters = [...new Set(entriesOf(rules).flatMap(([path, value]) => parametersAt(path, value)))]
  return tablesIn(rules).flatMap(([path, played]) => {
    const { as = '', otherwise = {} } = evidence.find((entry) => entry.path === path) ?? {}
    const others = Object.keys(otherwise).flatMap((choice) => {
      const [, other] = tablesIn(replay(`${provider}.${as}`, choice).rules).find(([at]) => at === path) ?? []
      return other && other !== played
        ? [{ ...tableOf(path, other, parameters), choose: `--assume ${provider}.${as}=${choice}` }]
        : []
    })
    return [tableOf(path, played, parameters), ...others]
  })
}

function tableOf(path: string, rules: ErrorRules, parameters: readonly string[]): ErrorTable {
  const { words, order = [] } = rules
  const judged = 'callback' in rules ? { afterConsent: rules.afterConsent ?? [] } : { lastWins: rules.lastWins ?? [] }
  return { path, words, order, lastWins: [], afterConsent: [], ...judged, errors: errorFacts(rules, parameters) }
}

const isTable = (value: object): value is ErrorRules => 'rows' in value && ('body' in value || 'callback' in value)

const tablesIn = (rules: object): [path: string, rules: ErrorRules][] =>
  entriesOf(rules).flatMap(([path, value]) => (isTable(value) ? [[path, value]] : rowsInDoubt(path, value)))

/** The rows in doubt beside an endpoint's error table, each group as a table of its own. */
function rowsInDoubt(path: string, value: object): [path: string, rules: ErrorRules][] {
  const { errors, errorRows = {} }: { errors?: ErrorRules; errorRows?: Readonly<Record<string, object>> } = value
  if (!errors) return []
  return Object.entries(errorRows).map(([name, group]) => {
    return [`${path}.errorRows.${name}`, { ...errors, byHeader: {}, order: [], lastWins: [], ...group }]
  })
}

/** All objects within a definition that have no words of their own, and error tables, by path. */
function entriesOf(value: object, path = ''): [path: string, value: object][] {
  if (isTable(value) || 'words' in value) return [[path, value]]
  const inner = Object.entries(value).flatMap(([key, part]) =>
    typeof part === 'object' && part !== null ? entriesOf(part, path ? `${path}.${key}` : key) : [],
  )
  return [[path, value], ...inner]
}

const parametersAt = (path: string, value: object): string[] =>
  /(^|\.)parameters$/.test(path) ? Object.keys(value) : []
