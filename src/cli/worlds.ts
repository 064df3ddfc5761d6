import type { ResetReport, WorldSummary } from '../index.ts'
import { timeOf } from '../lines/exchange-line.ts'
import { unfiredLine } from '../lines/unfired-line.ts'
import { findServer, type ServerOptions } from './control.ts'
import { print, printJson } from './print.ts'
import { table } from './table.ts'

type WorldsOptions = ServerOptions & { json?: boolean }

/** Lists the worlds that there are. */
export async function list({ json, world: _, ...at }: WorldsOptions): Promise<void> {
  const server = await findServer(at)
  const worlds = await server.get<readonly WorldSummary[]>('/worlds')
  if (json) return printJson(worlds)
  const rows = worlds.map(({ name, seed, requests, lastUse }) => [
    name,
    String(requests),
    timeOf(Date.parse(lastUse)),
    seed,
  ])
  print(...table([['WORLD', 'REQUESTS', 'LAST USE', 'SEED'], ...rows]))
}

/** Forgets a world. */
export async function remove(name: string, { json, world: _, ...at }: WorldsOptions): Promise<void> {
  const server = await findServer(at)
  const report = await server.remove<ResetReport>(`/worlds/${encodeURIComponent(name)}`)
  if (json) return printJson(report)
  print(`removed ${name}: its next use begins anew`)
  for (const fault of report.unfired) print(unfiredLine(fault, name))
}
