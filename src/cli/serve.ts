import { type ConsentMode, createMockOAuth, type MockOAuthOptions } from '../index.ts'
import { coloursFor } from './colours.ts'
import { exchangeLine } from './exchange-line.ts'
import { stopWhenAsked } from './farewell.ts'
import { print } from './print.ts'
import { readyJson, readyText } from './ready.ts'
import { Stop } from './stop.ts'
import { webhookLine } from './webhook-line.ts'

/** The flags of `serve`. */
export interface ServeOptions {
  provider?: readonly string[]
  port: number
  host: string
  consent: ConsentMode
  redirectUri?: readonly string[]
  clientId?: string
  clientSecret?: string
  scope?: readonly string[]
  webhookUrl?: string
  webhookSecret?: string
  seed?: string
  assume?: Readonly<Record<string, string>>
  controlToken?: string
  allowHost?: readonly string[]
  json?: boolean
  quiet?: boolean
}

/** Plays providers until it is told to stop. */
export async function serve(options: ServeOptions): Promise<void> {
  stopWhenAsked()
  const { port, host, controlToken, allowHost: allowHosts } = options
  if (options.assume) (await import('./assumptions.ts')).checkAssumptions(options.provider ?? [], options.assume)
  const mock = await createMockOAuth(mockOf(options))
  const listening = await mock.listen({
    port,
    host,
    ...(controlToken && { controlToken }),
    ...(allowHosts && { allowHosts }),
  })
  const { json, quiet } = options
  // Standard output holds the ready line alone where a program reads it.
  const log = json ? process.stderr : process.stdout
  const colours = coloursFor(log)
  if (!quiet) {
    mock.onExchange((exchange) => {
      const explanation = exchange.refusal && mock.explain(exchange.id)
      log.write(`${exchangeLine(exchange, explanation, colours)}\n`)
    })
    mock.webhooks.onChange((event, ended) => {
      if (ended) log.write(`${webhookLine(event, ended, colours)}\n`)
    })
  }
  const ready = { listening, seed: mock.seed, assume: options.assume ?? {}, colours }
  print(json ? readyJson(ready) : readyText(ready))
}

function mockOf(options: ServeOptions): MockOAuthOptions {
  const { provider = [], consent, redirectUri, clientId, clientSecret, scope, seed, assume } = options
  const { webhookUrl: url, webhookSecret } = options
  if (url === undefined && webhookSecret !== undefined) throw new Stop(2, '--webhook-secret needs --webhook-url.')
  return {
    providers: provider,
    consent,
    client: {
      ...(clientId === undefined ? {} : { id: clientId }),
      ...(clientSecret === undefined ? {} : { secret: clientSecret }),
      ...(redirectUri && { redirectUris: redirectUri }),
      ...(scope && { scopes: scope }),
      ...(url === undefined
        ? {}
        : { webhooks: { url, ...(webhookSecret !== undefined && { secret: webhookSecret }) } }),
    },
    ...(seed === undefined ? {} : { seed }),
    ...(assume && { assume }),
  }
}
