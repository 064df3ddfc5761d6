/** What `mock-oauth contract` exits with. */
export const exitCodes = {
  asExpected: 0,
  /** A verdict that nobody expected, or a row of the baseline that is stale. */
  unexpected: 1,
  usage: 2,
  /** The client could not be started or calibrated. */
  notStarted: 3,
  nothingJudged: 4,
  ourFault: 5,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** Why a run ended before its end: the client did not come up, or the harness itself failed. */
export type Stopped = 'notStarted' | 'ourFault'

/** What the exit code of a run hangs on. */
export interface Outcome {
  readonly stopped?: Stopped | undefined
  /** How many clauses of those that count were judged: kept, broken or warned. */
  readonly judged: number
  readonly unexpected: number
  readonly stale: number
}

/** Nothing judged is never as expected, whatever a baseline says. */
export function exitCodeOf({ stopped, judged, unexpected, stale }: Outcome): ExitCode {
  if (stopped) return exitCodes[stopped]
  if (judged === 0) return exitCodes.nothingJudged
  return unexpected + stale > 0 ? exitCodes.unexpected : exitCodes.asExpected
}
