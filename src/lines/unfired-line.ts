import type { FaultShown } from '../control/faults.ts'
import { prefixOf } from '../control/world-name.ts'
import { defaultName } from '../world/world.ts'
import { printable } from './printable.ts'

/** `fault f1 never fired: token drop after`: a test that armed it has perhaps not tested what it meant to. */
export function unfiredLine({ id, text, seen }: FaultShown, world = defaultName): string {
  const where = prefixOf(world) === '' ? '' : ` in ${prefixOf(world)}`
  const saw = seen === 0 ? '' : ` (it saw ${seen === 1 ? '1 call' : `${seen} calls`})`
  return `fault ${id} never fired${where}: ${printable(text)}${saw}`
}
