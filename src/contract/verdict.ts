import type { ClauseId, Level } from './clause.ts'

/** What a run says of a clause at a provider. */
export type VerdictKind =
  /** The client does what the clause asks. */
  | 'kept'
  /** It does not, and it must. */
  | 'broken'
  /** It does not, and it should. */
  | 'warned'
  /** The provider does not ask for it, or the client does not claim what it is about. */
  | 'not-applicable'
  /** Claimed by the client, and not reached. */
  | 'untestable'
  /** The story does not go well without the fault either, or its moment never came. */
  | 'inconclusive'
  /** Something that it builds upon is broken, which `by` names. */
  | 'blocked'
  /** The driver could not do what it was asked. */
  | 'driver-error'
  /** Asked for by `--slow` alone. */
  | 'not-run'

/** A verdict and why. */
export interface Verdict {
  readonly clause: ClauseId
  readonly provider: string
  /** The behaviour that was presumed where the page is silent: `mekari.errors=kong`. */
  readonly assumed?: string | undefined
  readonly level: Level
  readonly kind: VerdictKind
  /** What the client did, or why it is not judged: one sentence. Empty where the clause is kept. */
  readonly why: string
  /** Ids of exchanges in the journal that show it. */
  readonly shownBy: readonly string[]
  /** Of repeated runs some said otherwise. */
  readonly flaky?: true | undefined
  /** Real milliseconds. */
  readonly tookMs: number
}

/** Those that nobody has to do anything about. */
export const quiet: ReadonlySet<VerdictKind> = new Set(['kept', 'not-applicable', 'not-run'])
