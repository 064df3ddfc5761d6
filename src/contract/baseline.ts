import { didYouMean } from '../vocabulary/suggestion.ts'
import { isLike, isPattern } from './clause-pattern.ts'

/** What a row may expect. `flaky`: now so and now so, and a good run is no surprise. */
export const expectable = [
  ...(['broken', 'warned', 'untestable', 'inconclusive', 'blocked', 'driver-error'] as const),
  'flaky',
] as const

export type Expected = (typeof expectable)[number]

/** One known failure. */
export interface Row {
  /** As written: `rot-*@mekari` */
  readonly key: string
  /** Id or pattern. */
  readonly clause: string
  /** A provider, or one assumption at it (`mekari.errors=kong`); every provider where left out. */
  readonly at?: string
  readonly expect: Expected
  readonly why: string
  /** Where it is worked on. */
  readonly issue?: string
  readonly line?: number
}

export type Baseline = readonly Row[]

/** A file of known failures as it was read. */
export interface BaselineFile {
  /** As it is called in sentences. */
  readonly name: string
  readonly data: unknown
  /** The line of what stands at a path of keys, where lines are known. */
  lineOf(path: readonly string[]): number | undefined
}

/** What a baseline may name. */
export interface Known {
  readonly clauses: readonly string[]
  /** Providers, and each assumption at one: `mekari.errors=kong` */
  readonly places: readonly string[]
}

/** A baseline that cannot be used. The message has a line for each mistake. */
export class WrongBaseline extends Error {
  override readonly name = 'WrongBaseline'
}

/**
 * The rows of a baseline.
 * @throws {WrongBaseline} naming every mistake
 */
export function readBaseline({ name, data, lineOf }: BaselineFile, known: Known): Baseline {
  const place = (...path: readonly string[]) => {
    const line = lineOf(path)
    return line === undefined ? name : `${name}:${line}`
  }
  if (!isObject(data)) throw new WrongBaseline(`${name} holds no rows. Expected ${example}.`)
  const mistakes: string[] = []
  const rows = Object.entries(data).map(([key, value]): Row => {
    const { clause, at } = partsOf(key)
    for (const [field, sentence] of [...mistakesInKey(key, known), ...mistakesInRow(value)])
      mistakes.push(`${place(key, ...field)}: ${key}: ${sentence}`)
    const { expect, why, issue } = isObject(value) ? value : {}
    const line = lineOf([key])
    return {
      key,
      clause,
      ...(at !== undefined && { at }),
      expect: expect as Expected,
      why: String(why).trim(),
      ...(issue !== undefined && { issue: String(issue) }),
      ...(line !== undefined && { line }),
    }
  })
  if (mistakes.length > 0) throw new WrongBaseline(mistakes.join('\n'))
  return rows
}

const example = 'cb-state-mismatch@mekari: { expect: broken, why: …, issue: … }'

/** `rot-*@mekari` → the clause's part and the provider's. */
function partsOf(key: string): { clause: string; at?: string } {
  const [, clause = key, at] = /^([^@]*)@(.*)$/s.exec(key) ?? []
  return at === undefined ? { clause } : { clause, at }
}

type Found = readonly (readonly [field: readonly string[], sentence: string])[]

function mistakesInKey(key: string, { clauses, places }: Known): Found {
  const { clause, at } = partsOf(key)
  const nobody = isPattern(clause)
    ? 'no clause is like this.'
    : `there is no clause ${clause}.${didYouMean(clause, clauses)}`
  return [
    ...(clauses.some((id) => isLike(clause, id)) ? [] : [[[], nobody] as const]),
    ...(at === undefined || places.includes(at)
      ? []
      : [[[], `there is no provider or assumption ${at}.${didYouMean(at, places)}`] as const]),
  ]
}

function mistakesInRow(row: unknown): Found {
  if (!isObject(row)) return [[[], `expected { expect, why }, such as ${example}.`]]
  const { expect, why, issue, ...rest } = row
  const fields = ['expect', 'why', 'issue']
  return [
    ...((expectable as readonly unknown[]).includes(expect)
      ? []
      : [[['expect'], `expect is one of ${expectable.join(', ')}.${didYouMean(expect, expectable)}`] as const]),
    ...(typeof why === 'string' && why.trim() !== ''
      ? []
      : [[['why'], 'why is missing: say for whoever reads this next why the client fails here.'] as const]),
    ...(issue === undefined || typeof issue === 'string' || typeof issue === 'number'
      ? []
      : [[['issue'], 'issue is a text: a number or an address.'] as const]),
    ...Object.keys(rest).map(
      (field) =>
        [[field], `${field} is not known. A row has ${fields.join(', ')}.${didYouMean(field, fields)}`] as const,
    ),
  ]
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
