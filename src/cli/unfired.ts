import type { FaultShown, MockOAuth } from '../index.ts'
import { printable } from './print.ts'

/** `fault f1 never fired: token drop after`: a test that armed it has perhaps not tested what it meant to. */
export const unfiredLine = ({ id, text, seen }: FaultShown): string =>
  `fault ${id} never fired: ${printable(text)}${seen > 0 ? ` (it saw ${seen === 1 ? '1 call' : `${seen} calls`})` : ''}`

/** Says on standard error which faults never fired; whether there were any, also before a reset. */
export function reportUnfired({ faults }: MockOAuth): boolean {
  const lines = faults.unfired().map(unfiredLine)
  if (faults.missed > 0) lines.push(`${faults.missed} before a reset had not fired either`)
  for (const line of lines) process.stderr.write(`${line}\n`)
  return lines.length > 0
}
