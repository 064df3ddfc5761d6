import type { Exchange } from '../index.ts'
import { findServer, type ServerOptions } from './control.ts'
import { pathOf, timeOf } from './exchange-line.ts'
import { print, printJson } from './print.ts'
import { table } from './table.ts'

type RequestsOptions = ServerOptions & { provider?: string; endpoint?: string; since?: string; json?: boolean }

/** Lists the journal, without secrets. */
export async function requests({ provider, endpoint, since, json, ...at }: RequestsOptions): Promise<void> {
  const server = await findServer(at)
  const given = Object.entries({ provider, endpoint, since }).filter(([, value]) => value !== undefined)
  const query = new URLSearchParams(given as [string, string][])
  const exchanges = await server.get<readonly Exchange[]>(`/requests?${query}`)
  if (json) return printJson(exchanges)
  if (exchanges.length === 0) return print('No requests.')
  const rows = exchanges.map((exchange) => {
    const { id, at: time, request, response, refusal } = exchange
    return [id, timeOf(time), request.method, pathOf(exchange), String(response.status), refusal?.kind ?? '']
  })
  print(...table([['ID', 'TIME', 'METHOD', 'PATH', 'STATUS', 'REFUSED'], ...rows]))
}
