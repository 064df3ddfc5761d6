import type { Level, LevelWord } from '../clause.ts'
import type { ExitCode } from '../exit-code.ts'
import type { VerdictKind } from '../verdict.ts'
import type { Story } from './story.ts'

/**
 * What a finished run says, as plain JSON without secrets. The same seed brings the same report, but for `tookMs` and what a
 * client makes up by itself: its states, its verifiers, its log.
 */
export interface Report {
  readonly version: 1
  readonly client: ReportedClient
  readonly seed: string
  /** Clauses that bind less are shown and not counted. */
  readonly level: LevelWord
  /** Whether a `should` that is not kept is unexpected. */
  readonly strict: boolean
  /** In the order in which they were asked for. */
  readonly places: readonly Place[]
  /** Of all results. */
  readonly counts: Readonly<Record<VerdictKind, number>>
  /** Of the results that count, by how they stand. */
  readonly standings: Readonly<Record<Standing, number>>
  readonly exitCode: ExitCode
  /** Why the run ended before its end. */
  readonly stopped?: string
  /** In the order of the catalogue, place by place. */
  readonly results: readonly Result[]
  readonly stale: readonly StaleRow[]
}

/** Who was judged. What a client says of itself is left out where it did not come up. */
export interface ReportedClient {
  readonly name?: string
  readonly version?: string
  readonly language?: string
  /** How its driver is started; left out for one in process. */
  readonly command?: string
  /** Left out where the command names none. */
  readonly driver?: DriverFile
}

/** The first file that the driver's command names. */
export interface DriverFile {
  /** As the command names it. */
  readonly file: string
  readonly bytes: number
  /** In hex. */
  readonly sha256: string
}

/** A provider, or one assumption at it. */
export interface Place {
  /** `mekari`, or the assumption: `mekari.errors=kong` */
  readonly key: string
  readonly provider: string
  readonly assumed?: string
}

/**
 * What is to be done about a result: nothing (`fine`); nothing, but know of it (`noted`: a `should` without `--strict`, or
 * below the level); it is in the baseline (`expected`); or it decides over the exit code (`unexpected`).
 */
export type Standing = 'fine' | 'noted' | 'expected' | 'unexpected'

/** One clause at one place. */
export interface Result {
  readonly clause: string
  /** What the client must do: "refuses a callback whose state is not the one it sent" */
  readonly title: string
  readonly provider: string
  readonly assumed?: string
  readonly level: Level
  readonly kind: VerdictKind
  readonly standing: Standing
  /** What the client did, or why it is not judged. Empty where the clause is kept. */
  readonly why: string
  /** RFC and section, or experience. */
  readonly source: string
  /** The provider's own sentence, where one asks for it. */
  readonly page?: PageRule
  /** What happens to a client that breaks it, and what to do instead. */
  readonly advice: string
  readonly flaky?: true
  /** Its row of the baseline, where it is expected. */
  readonly known?: KnownFailure
  /** Real milliseconds. */
  readonly tookMs: number
  /** The command that runs just this again. */
  readonly replay: string
  /** What happened, where the clause is not kept. */
  readonly story?: Story
}

/** A sentence of a provider's page, in our words. */
export interface PageRule {
  readonly section: string
  readonly rule: string
}

export interface KnownFailure {
  readonly why: string
  readonly issue?: string
}

/** A row of the baseline that says nothing true any more. */
export interface StaleRow {
  /** As written: `rot-*@mekari` */
  readonly row: string
  readonly line?: number
  readonly provider?: string
  /** `the client keeps it now` */
  readonly found: string
}

/** Where a result belongs. */
export const placeOf = ({ provider, assumed }: Pick<Result, 'provider' | 'assumed'>): string => assumed ?? provider
