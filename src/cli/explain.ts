import type { Explanation } from '../index.ts'
import { findServer, type ServerOptions } from './control.ts'
import { print, printJson } from './print.ts'
import { table } from './table.ts'

/** Says why a request was refused: the one with this id, or the last refused one. */
export async function explain(
  id: string | undefined,
  { json, ...at }: ServerOptions & { json?: boolean },
): Promise<void> {
  const server = await findServer(at)
  const which = id === undefined ? 'last' : encodeURIComponent(id)
  const explanation = await server.get<Explanation>(`/requests/${which}/explain`)
  if (json) return printJson(explanation)
  const { request, status, refused, kind, rule, source, parameter, expected, came, fix, evidence, lift } = explanation
  if (!refused) return print(`${explanation.id}  ${request}  ${status}: not refused.`)
  const facts = [
    ['Request', `${explanation.id}  ${request}`],
    ['Status', String(status)],
    ['Refused', kind],
    ['Rule', rule],
    ['Source', source],
    ['Parameter', parameter],
    ['Expected', expected],
    ['Came', came],
    ['Known by', evidence && `${evidence.grade}: ${evidence.source} (${evidence.path})`],
    ['Fix', fix],
    ['Lift', lift && `mock-oauth serve ${lift}`],
  ]
  print(...table(facts.flatMap(([name, value]) => (name && value ? [[name, value]] : []))))
}
