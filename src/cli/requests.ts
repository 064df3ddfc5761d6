import type { Exchange } from '../index.ts'
import { pathOf, timeOf } from '../lines/exchange-line.ts'
import { statusWords } from '../lines/fault-words.ts'
import { findServer, type ServerOptions } from './control.ts'
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
  const isStruck = exchanges.some(({ faults }) => faults)
  const rows = exchanges.map((exchange) => {
    const { id, at: time, request, refusal, faults = [] } = exchange
    const struck = faults.map((one) => `${one.id} ${one.kind}`).join(', ')
    const reason = refusal?.kind ?? ''
    return [
      id,
      timeOf(time),
      request.method,
      pathOf(exchange),
      statusWords(exchange),
      reason,
      ...(isStruck ? [struck] : []),
    ]
  })
  const head = ['ID', 'TIME', 'METHOD', 'PATH', 'STATUS', 'REFUSED', ...(isStruck ? ['FAULT'] : [])]
  print(...table([head, ...rows]))
}
