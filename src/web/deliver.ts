import type { Delivery, HttpResponse } from '../vocabulary/wire.ts'
import type { Outside } from '../world/webhook-event.ts'
import { type Pieces, piecesOf } from './pieces.ts'
import { isBodiless, responseOf } from './response.ts'
import { createWaiting } from './waiting.ts'

/** What goes to a client, and when nothing of it is on its way any more, where that is later. */
export interface Delivered {
  /** One of the type `error` stands for a connection that was reset before anything came. */
  readonly response: Response
  readonly over?: Pieces['over']
}

/**
 * Does to an answer what its `delivery` says, as far as that goes without a connection: nothing is closed behind it.
 * @param client aborted when the client gives up
 * @param others end it by a reset
 * @throws the client's reason, when it has given up
 */
export type Deliver = (
  response: HttpResponse,
  delivery: Delivery,
  client: AbortSignal,
  others: readonly AbortSignal[],
) => Promise<Delivered>

/** What a door delivers answers with: it counts those that it keeps waiting. */
export function createDeliver(alarm: Outside['alarm']): Deliver {
  const wait = createWaiting(alarm)
  return async (response, delivery, client, others) => {
    const { drop, hang, delayMs, truncateAt, bytesPerSecond } = delivery
    if (hang || delayMs !== undefined) {
      const passed = await wait(hang ? undefined : delayMs, [client, ...others])
      client.throwIfAborted()
      if (!passed) return { response: Response.error() }
    }
    if (drop || others.some(({ aborted }) => aborted)) return { response: Response.error() }
    const { status, headers, body } = response
    const isWhole = truncateAt === undefined && bytesPerSecond === undefined
    if (isWhole || body === '' || isBodiless(status)) return { response: responseOf(response) }
    const bytes = new TextEncoder().encode(body)
    const { stream, over } = piecesOf(bytes, delivery, wait, client, others)
    const promised: [string, string] = ['content-length', String(bytes.length)]
    return { response: new Response(stream, { status, headers: [...(headers as [string, string][]), promised] }), over }
  }
}
