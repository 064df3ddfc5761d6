import type { FaultShown, Released } from '../index.ts'
import { printable } from '../lines/printable.ts'
import { type Control, findServer, type ServerOptions } from './control.ts'
import { print, printJson } from './print.ts'
import { table } from './table.ts'

type FaultOptions = ServerOptions & { json?: boolean }

/** Arms a fault, said in words. */
export async function add(words: readonly (string | undefined)[], { json, ...at }: FaultOptions): Promise<void> {
  const server = await findServer(at)
  const fault = await server.post<FaultShown>('/faults', {
    fault: words.filter((word) => word !== undefined).join(' '),
  })
  if (json) printJson(fault)
  else print(`${fault.id} ${printable(fault.text)}`)
}

/** Lists what is armed. */
export async function list({ json, ...at }: FaultOptions): Promise<void> {
  const faults = await listed(await findServer(at))
  if (json) return printJson(faults)
  if (faults.length === 0) return print('No faults.')
  const rows = faults.map(({ id, text, seen, fired, waiting }) => [
    id,
    String(seen),
    String(fired),
    waiting === undefined ? '' : String(waiting),
    text,
  ])
  print(...table([['ID', 'SEEN', 'FIRED', 'WAITING', 'FAULT'], ...rows]))
}

/** Takes one away, or all of them. */
export async function remove(id: string | undefined, { json, ...at }: FaultOptions): Promise<void> {
  const server = await findServer(at)
  const ids = id === undefined ? (await listed(server)).map((one) => one.id) : [id]
  for (const one of ids) await server.remove(`/faults/${encodeURIComponent(one)}`)
  if (json) printJson({ removed: ids })
  else print(ids.length === 0 ? 'No faults.' : `removed ${ids.map(printable).join(', ')}`)
}

/** Lets go whoever a hold holds. */
export async function release(id: string, { json, ...at }: FaultOptions): Promise<void> {
  const server = await findServer(at)
  const answer = await server.post<Released>(`/faults/${encodeURIComponent(id)}/release`)
  if (json) printJson(answer)
  else print(`${printable(id)} let go ${answer.released === 1 ? '1 request' : `${answer.released} requests`}`)
}

const listed = (server: Control) => server.get<readonly FaultShown[]>('/faults')
