import type { MockOAuth, MockWorld } from '../index.ts'
import { exchangeLine } from '../lines/exchange-line.ts'
import type { Colours } from './colours.ts'
import { isDropped, webhookLine } from './webhook-line.ts'

/** Prints a line for each exchange, and for each attempt to deliver a webhook, in every world. */
export function logTo(log: NodeJS.WriteStream, mock: MockOAuth, colours: Colours): void {
  const follow = (world: MockWorld) => {
    world.onExchange((exchange) => {
      const explanation = exchange.refusal && world.explain(exchange.id)
      log.write(`${exchangeLine(exchange, explanation, colours, world.name)}\n`)
    })
    world.webhooks.onChange((event, ended) => {
      if (ended || isDropped(event)) log.write(`${webhookLine(event, ended, colours, world.name)}\n`)
    })
  }
  follow(mock)
  mock.worlds.onMade(follow)
}
