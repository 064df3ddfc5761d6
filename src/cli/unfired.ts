import type { MockOAuth } from '../index.ts'
import { unfiredLine } from '../lines/unfired-line.ts'

/** Says on standard error which faults never fired; whether there were any, also those that are forgotten by now. */
export function reportUnfired({ worlds }: MockOAuth): boolean {
  const { faults, forgotten } = worlds.unfired()
  const lines = faults.map((fault) => unfiredLine(fault, fault.world))
  if (forgotten > 0) lines.push(`faults that a reset or the end of a world forgot before they fired: ${forgotten}`)
  for (const line of lines) process.stderr.write(`${line}\n`)
  return lines.length > 0
}
