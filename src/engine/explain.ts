import type { Environment } from '../vocabulary/environment.ts'
import type { EvidenceEntry } from '../vocabulary/plain.ts'
import type { RefusalKind } from '../vocabulary/refusal.ts'
import type { Exchange } from '../world/journal.ts'
import { explainFaults, type Misbehaviour } from './explain-faults.ts'
import { explanations } from './explanations.ts'
import { type Life, type LifeSources, lifeOf } from './life.ts'
import { redact } from './redact.ts'

/** Why a request was refused, and what was done to it on purpose. */
export interface Explanation extends Partial<Misbehaviour> {
  readonly id: string
  readonly request: string
  readonly status: number
  readonly refused: boolean
  readonly kind?: RefusalKind
  readonly rule?: string
  readonly source?: string
  readonly parameter?: string
  readonly expected?: string
  readonly came?: string
  readonly fix?: string
  /** How the provider's own rule is known, where one refused. */
  readonly evidence?: { readonly path: string; readonly grade: EvidenceEntry['grade']; readonly source: string }
  /** The `--assume` that lifts the rule, for a rule about a parameter. */
  readonly lift?: string
  /** The life of the code or token that was refused, at that moment. */
  readonly life?: Life
}

/**
 * Explains an exchange. No secret in it.
 * @param find looks up in the journal what else had to do with it
 */
export function explain(raw: Exchange, environment: Environment | undefined, find: LifeSources['find']): Explanation {
  const exchange = redact(raw)
  const { id, request, response, refusal } = exchange
  const seen = { id, request: `${request.method} ${request.url}`, status: response.status }
  const struck = explainFaults(exchange, environment)
  if (!refusal) return { ...seen, refused: false, ...struck }
  const { subject, at } = raw
  const { kind, parameter, expected, came, rule } = refusal
  const entry = environment && rule !== undefined ? evidenceOf(environment, rule) : undefined
  const lift = environment && liftOf(environment, rule)
  return {
    ...seen,
    refused: true,
    kind,
    ...explanations[kind],
    ...(parameter === undefined ? {} : { parameter }),
    ...(expected === undefined ? {} : { expected }),
    ...(came === undefined ? {} : { came }),
    ...(entry && rule !== undefined ? { evidence: { path: rule, grade: entry.grade, source: entry.source } } : {}),
    ...(lift === undefined ? {} : { lift }),
    ...(subject && { life: lifeOf(subject, { now: at, environment, find }) }),
    ...struck,
  }
}

/** How the value at a path is known: its own evidence, else that of what encloses it, else that of its first part, else the page itself. */
function evidenceOf({ evidence, docs }: Environment, path: string): Pick<EvidenceEntry, 'grade' | 'source'> {
  const enclosing = evidence
    .filter((entry) => path === entry.path || path.startsWith(`${entry.path}.`))
    .sort((a, b) => b.path.length - a.path.length)
  const within = evidence.find((entry) => entry.path.startsWith(`${path}.`))
  return enclosing[0] ?? within ?? { grade: 'documented', source: docs }
}

/** The `--assume` that lifts a rule about a request parameter, where another plausible behaviour does not ask for it. */
function liftOf({ evidence, provider }: Environment, rule: string | undefined): string | undefined {
  const entry = evidence.find(({ path }) => path === rule)
  if (!rule?.includes('.parameters.') || !entry?.as || !entry.otherwise || entry.chosen) return undefined
  return `--assume ${provider}.${entry.as}=${Object.keys(entry.otherwise).join('|')}`
}
