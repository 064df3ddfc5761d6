import type { Baseline, Row } from './baseline.ts'
import type { LevelWord } from './clause.ts'
import { isLike, isPattern } from './clause-pattern.ts'
import { quiet, type Verdict } from './verdict.ts'

/** Which clauses count, and how hard. */
export interface Measure {
  /** Clauses that bind less than this are shown and not counted. */
  readonly level: LevelWord
  /** A `should` weighs like a `must`. */
  readonly strict: boolean
}

/** A row that says nothing true any more. */
export interface Stale {
  readonly row: Row
  /** The provider at which it is, where the row is true at others. */
  readonly provider?: string
  /** `the client keeps it now` */
  readonly found: string
}

/** Verdicts by what was expected of them; those that nobody has to do anything about are in none. */
export interface Compared {
  readonly unexpected: readonly Verdict[]
  readonly expected: ReadonlyMap<Verdict, Row>
  readonly stale: readonly Stale[]
}

const strength: Readonly<Record<LevelWord, number>> = { must: 3, should: 2, may: 1 }

/** Whether a verdict decides over the exit code. */
export const counts = ({ level }: Verdict, least: LevelWord): boolean => strength[level.word] >= strength[least]

/**
 * Whether a verdict has to have been expected. What is not kept and what could not be judged both weigh as much as their clause
 * binds; always, what the driver could not do, what differs from time to time, and what lacks the ground it builds upon.
 */
const weighs = (verdict: Verdict, { level, strict }: Measure): boolean =>
  counts(verdict, level) &&
  (verdict.flaky === true ||
    verdict.kind === 'driver-error' ||
    verdict.kind === 'blocked' ||
    (!quiet.has(verdict.kind) && strength[verdict.level.word] >= strength[strict ? 'should' : 'must']))

/** Holds verdicts against the known failures. */
export function compare(verdicts: readonly Verdict[], baseline: Baseline, measure: Measure): Compared {
  const { level } = measure
  const counted = verdicts.filter((verdict) => counts(verdict, level))
  const rows = new Map(counted.map((verdict) => [verdict, rowFor(verdict, baseline)]))
  const isExpected = (verdict: Verdict) => {
    const expect = rows.get(verdict)?.expect
    return expect === 'flaky' || (expect === verdict.kind && !verdict.flaky)
  }
  const loud = counted.filter(({ kind, flaky }) => flaky || !quiet.has(kind))
  return {
    unexpected: loud.filter((verdict) => !isExpected(verdict) && weighs(verdict, measure)),
    expected: new Map(
      loud.flatMap((verdict) => {
        const row = rows.get(verdict)
        return row && isExpected(verdict) ? [[verdict, row] as const] : []
      }),
    ),
    stale: baseline.flatMap((row) => staleness(row, verdicts, rows)),
  }
}

/** The row that says most exactly what a verdict is about; of several that say it alike, the first. */
function rowFor(verdict: Verdict, baseline: Baseline): Row | undefined {
  const ranked = baseline
    .filter((row) => isAbout(row, verdict))
    .map((row) => ({ row, rank: (isPattern(row.clause) ? 0 : 4) + rankOfPlace(row.at) }))
  return ranked.sort((one, other) => other.rank - one.rank)[0]?.row
}

const rankOfPlace = (at: string | undefined): number => (at === undefined ? 0 : at.includes('=') ? 2 : 1)

const isAbout = ({ clause, at }: Row, verdict: Verdict): boolean =>
  isLike(clause, verdict.clause) && (at === undefined || at === verdict.provider || at === verdict.assumed)

function staleness(
  row: Row,
  verdicts: readonly Verdict[],
  rows: ReadonlyMap<Verdict, Row | undefined>,
): readonly Stale[] {
  const about = verdicts.filter((verdict) => isAbout(row, verdict))
  // Not selected, below the level, or asked for by `--slow` alone: nothing is known of it.
  if (about.every((verdict) => !rows.has(verdict) || verdict.kind === 'not-run')) return []
  const own = about.filter((verdict) => rows.get(verdict) === row && verdict.kind !== 'not-run')
  if (own.length === 0) return [{ row, found: 'other rows say it more exactly' }]
  if (own.every(({ kind }) => kind === 'not-applicable')) return [{ row, found: 'it does not apply' }]
  const judged = own.filter(({ kind }) => kind !== 'not-applicable')
  if (row.expect === 'flaky') return []
  // A pattern is loose on purpose: one failure keeps it.
  if (isPattern(row.clause)) return judged.some(({ kind }) => kind !== 'kept') ? [] : [{ row, found: keptNow }]
  const providers = [...new Set(judged.map(({ provider }) => provider))]
  const kept = providers.filter((provider) => judged.every((one) => one.provider !== provider || one.kind === 'kept'))
  return kept.map((provider) => ({ row, ...(providers.length > 1 && { provider }), found: keptNow }))
}

const keptNow = 'the client keeps it now'
