import type { Exchange, Explanation } from '../index.ts'
import { exchangeLine } from '../lines/exchange-line.ts'
import { coloursFor } from './colours.ts'
import { type Control, findServer, type ServerOptions } from './control.ts'
import { print } from './print.ts'
import { Stop } from './stop.ts'

/** Which exchanges to print, and how. */
export interface FollowOptions extends ServerOptions {
  provider?: string
  endpoint?: string
  since?: string
  json?: boolean
}

/**
 * Prints exchanges as they happen, until the server or the reader ends.
 * @throws {Stop} when the server ends
 */
export async function follow(options: FollowOptions): Promise<void> {
  const { provider, endpoint, since, json } = options
  const server = await findServer(options)
  const colours = coloursFor(process.stdout)
  const numberOf = (id: string) => Number(id.slice(1))
  for await (const { event, data } of server.events(since === undefined ? undefined : 0)) {
    if (event !== 'exchange') continue
    const exchange: Exchange = JSON.parse(data)
    if (provider !== undefined && exchange.environment !== provider) continue
    if (endpoint !== undefined && exchange.endpoint !== endpoint) continue
    if (since !== undefined && numberOf(exchange.id) <= numberOf(since)) continue
    print(json ? data : exchangeLine(exchange, await reasonOf(server, exchange), colours, options.world))
  }
  throw new Stop(1, `The server at ${server.url} ended.`)
}

/** Why an exchange was refused; the journal may have been reset in the meantime. */
const reasonOf = (server: Control, { id, refusal }: Exchange): Promise<Explanation | undefined> | undefined =>
  refusal && server.get<Explanation>(`/requests/${id}/explain`).catch(() => undefined)
