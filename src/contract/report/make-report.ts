import type { Baseline } from '../baseline.ts'
import type { Clause, ClauseId } from '../clause.ts'
import { type Compared, compare, counts, type Measure } from '../compare.ts'
import type { Evidence } from '../evidence.ts'
import { exitCodeOf, type Stopped } from '../exit-code.ts'
import { veilOver } from '../redact-evidence.ts'
import { quiet, type Verdict, type VerdictKind } from '../verdict.ts'
import type { PageRule, Report, ReportedClient, Result, StaleRow, Standing } from './report.ts'
import { placeOf } from './report.ts'
import { storyOf } from './story-of.ts'

/** One clause at one place, judged. */
export interface Judged {
  readonly verdict: Verdict
  /** Left out where no story was played. */
  readonly played?: { readonly evidence: Evidence } | undefined
}

/** A finished run. */
export interface Finished extends Measure {
  readonly client: ReportedClient
  readonly seed: string
  /** In the order in which they are to be told. */
  readonly judged: readonly Judged[]
  readonly baseline?: Baseline | undefined
  /** Why it ended before its end, and the sentence that says so. */
  readonly stopped?: { readonly by: Stopped; readonly why: string } | undefined
  readonly clauseOf: (id: ClauseId) => Pick<Clause, 'title' | 'source' | 'why'> | undefined
  /** The sentence of the provider's page that asks for a clause. */
  readonly pageOf?: (verdict: Verdict) => PageRule | undefined
  /** The command that runs one clause again. */
  readonly replay: (verdict: Verdict) => string
}

/** What a run says, without secrets. */
export function makeReport(run: Finished): Report {
  const { client, seed, level, strict, judged, baseline = [], stopped } = run
  const verdicts = judged.map(({ verdict }) => verdict)
  const compared = compare(verdicts, baseline, { level, strict })
  const results = judged.map((one) => resultOf(one, compared, run))
  const counted = results.filter((_, i) => counts(verdicts[i] as Verdict, level))
  const stale = compared.stale.map(staleRow)
  return {
    version: 1,
    client,
    seed,
    level,
    strict,
    places: placesOf(results),
    counts: tally(
      kinds,
      results.map(({ kind }) => kind),
    ),
    standings: tally(
      standings,
      counted.map(({ standing }) => standing),
    ),
    exitCode: exitCodeOf({
      stopped: stopped?.by,
      judged: counted.filter(({ kind }) => isJudged(kind)).length,
      unexpected: compared.unexpected.length,
      stale: stale.length,
    }),
    ...(stopped && { stopped: stopped.why }),
    results,
    stale,
  }
}

/** Every kind of verdict, the one to look at first in front. */
export const kinds: readonly VerdictKind[] = [
  ...(['broken', 'driver-error', 'untestable', 'inconclusive', 'blocked'] as const),
  ...(['warned', 'kept', 'not-applicable', 'not-run'] as const),
]

export const standings: readonly Standing[] = ['unexpected', 'expected', 'noted', 'fine']

const isJudged = (kind: VerdictKind): boolean => kind === 'kept' || kind === 'broken' || kind === 'warned'

function resultOf({ verdict, played }: Judged, compared: Compared, { clauseOf, pageOf, replay }: Finished): Result {
  const { provider, assumed, level, kind, why, flaky, tookMs, shownBy } = verdict
  const known = compared.expected.get(verdict)
  const clause = clauseOf(verdict.clause)
  const page = pageOf?.(verdict)
  const evidence = played?.evidence
  // Most are kept, and have nothing to hide.
  const veil = evidence && (flaky || !quiet.has(kind)) ? veilOver(evidence) : undefined
  return {
    clause: verdict.clause,
    title: clause?.title ?? '',
    provider,
    ...(assumed !== undefined && { assumed }),
    level,
    kind,
    standing: standingOf(verdict, compared),
    why: veil ? veil.text(why) : why,
    source: clause?.source ?? '',
    ...(page && { page }),
    advice: clause?.why ?? '',
    ...(flaky && { flaky }),
    ...(known && { known: { why: known.why, ...(known.issue !== undefined && { issue: known.issue }) } }),
    tookMs: Math.round(tookMs),
    replay: replay(verdict),
    ...(evidence && veil && { story: storyOf(evidence, shownBy, veil) }),
  }
}

function standingOf(verdict: Verdict, { unexpected, expected }: Compared): Standing {
  if (unexpected.includes(verdict)) return 'unexpected'
  if (expected.has(verdict)) return 'expected'
  return quiet.has(verdict.kind) ? 'fine' : 'noted'
}

const staleRow = ({ row: { key, line }, provider, found }: Compared['stale'][number]): StaleRow => ({
  row: key,
  ...(line !== undefined && { line }),
  ...(provider !== undefined && { provider }),
  found,
})

function placesOf(results: readonly Result[]): Report['places'] {
  const places = new Map(results.map((result) => [placeOf(result), result]))
  return [...places].map(([key, { provider, assumed }]) => ({
    key,
    provider,
    ...(assumed !== undefined && { assumed }),
  }))
}

const tally = <Name extends string>(names: readonly Name[], found: readonly Name[]): Record<Name, number> =>
  Object.fromEntries(names.map((name) => [name, found.filter((one) => one === name).length])) as Record<Name, number>
