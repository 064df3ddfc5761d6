import type { WebhookEvent } from '../index.ts'
import { timeOf } from '../lines/exchange-line.ts'
import { findServer, type ServerOptions } from './control.ts'
import { print, printJson } from './print.ts'
import { table } from './table.ts'
import { endOf, faultsOf } from './webhook-line.ts'

type ListOptions = ServerOptions & { provider?: string; client?: string; json?: boolean }
type TestOptions = ServerOptions & { client?: string; event?: string; user?: string; json?: boolean }

/** Lists what clients were told, or would have been. */
export async function list({ provider, client, json, ...at }: ListOptions): Promise<void> {
  const server = await findServer(at)
  const given = Object.entries({ provider, client }).filter(([, value]) => value !== undefined)
  const events = await server.get<readonly WebhookEvent[]>(
    `/webhooks?${new URLSearchParams(given as [string, string][])}`,
  )
  if (json) return printJson(events)
  if (events.length === 0) return print('No webhooks.')
  const rows = events.map((event) => {
    const { id, at: time, environment, event: name, state, attempts, nextAt } = event
    const last = attempts.at(-1)
    const next = nextAt === undefined ? '' : timeOf(nextAt)
    const ended = last ? endOf(last) : ''
    return [id, timeOf(time), environment, name, state, String(attempts.length), ended, next, faultsOf(event)]
  })
  const header = ['ID', 'TIME', 'PROVIDER', 'EVENT', 'STATE', 'ATTEMPTS', 'LAST', 'NEXT', 'FAULTS']
  const width = events.some(({ faults }) => faults) ? header.length : header.length - 1
  print(...table([header, ...rows].map((row) => row.slice(0, width))))
}

/** Sends a test to a receiver. */
export async function test(
  provider: string | undefined,
  { client, event, user, json, ...at }: TestOptions,
): Promise<void> {
  const server = await findServer(at)
  show(await server.post<WebhookEvent>('/webhooks/test', { provider, client, event, user }), json)
}

/** Sends an event again. */
export async function redeliver(id: string, { json, ...at }: ServerOptions & { json?: boolean }): Promise<void> {
  const server = await findServer(at)
  show(await server.post<WebhookEvent>(`/webhooks/${encodeURIComponent(id)}/redeliver`), json)
}

/** What became of an event; a delivery that was in vain is a failed command. */
function show(event: WebhookEvent, json = false): void {
  const { id, event: name, state, attempts } = event
  const last = attempts.at(-1)
  if (json) printJson(event)
  else print(`${id} ${name} ${state}${last ? `: ${last.url} ${endOf(last)}` : ''}`)
  if (last && state !== 'delivered' && (last.status ?? last.failure) !== undefined) process.exitCode = 1
}
