import { actsOf } from '../control/mood.ts'
import { faultsOf } from '../control/setup.ts'
import type { Config } from './config.ts'
import type { Findings } from './findings.ts'
import type { Played } from './judge-played.ts'

/** Judges the faults that are armed at the start, each by itself. */
export function judgeFaults({ faults, mood }: Config, { environments }: Played, findings: Findings): void {
  if (mood !== undefined) findings.attempt(['mood'], () => actsOf(environments, mood))
  for (const [i, fault] of findings.entriesOf(faults, ['faults'])) {
    findings.attempt(['faults', i], () => faultsOf(environments, [fault as never], (_, make) => make()))
  }
}
