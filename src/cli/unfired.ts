import { prefixOf } from '../control/world-name.ts'
import type { FaultShown, MockOAuth } from '../index.ts'
import { defaultName } from '../world/world.ts'
import { printable } from './print.ts'

/** `fault f1 never fired: token drop after`: a test that armed it has perhaps not tested what it meant to. */
export function unfiredLine({ id, text, seen }: FaultShown, world = defaultName): string {
  const where = prefixOf(world) === '' ? '' : ` in ${prefixOf(world)}`
  const saw = seen === 0 ? '' : ` (it saw ${seen === 1 ? '1 call' : `${seen} calls`})`
  return `fault ${id} never fired${where}: ${printable(text)}${saw}`
}

/** Says on standard error which faults never fired; whether there were any, also those that are forgotten by now. */
export function reportUnfired({ worlds }: MockOAuth): boolean {
  const { faults, forgotten } = worlds.unfired()
  const lines = faults.map((fault) => unfiredLine(fault, fault.world))
  if (forgotten > 0) lines.push(`faults that a reset or the end of a world forgot before they fired: ${forgotten}`)
  for (const line of lines) process.stderr.write(`${line}\n`)
  return lines.length > 0
}
