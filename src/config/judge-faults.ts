import type { FaultInput } from '../control/faults.ts'
import { faultsOf } from '../control/setup.ts'
import { readFault } from '../vocabulary/fault-text.ts'
import type { Config } from './config.ts'
import type { Findings } from './findings.ts'
import type { Played } from './judge-played.ts'

/** Judges the faults that are armed at the start. */
export function judgeFaults({ faults }: Config, { environments, names }: Played, findings: Findings): void {
  for (const [i, value] of findings.entriesOf(faults, ['faults'])) {
    const path = ['faults', i]
    const fault = findings.attempt(path, () => (typeof value === 'string' ? readFault(value) : (value as FaultInput)))
    if (typeof fault !== 'object') continue
    const at = typeof value === 'string' ? path : [...path, 'provider']
    if (fault.provider !== undefined && !names(at, fault.provider.split(':')[0] ?? '')) continue
    findings.attempt(path, () => faultsOf(environments, [fault], (_, make) => make()))
  }
}
