import type { ListenOptions, MockOAuthOptions } from '../index.ts'
import type { Config } from './config.ts'

/** What a mock is made from, and where it listens. */
export function optionsOf(config: Config): { readonly mock: MockOAuthOptions; readonly listen: ListenOptions } {
  const {
    port,
    host,
    controlToken,
    allowHosts,
    tls,
    $schema: _,
    json: __,
    quiet: ___,
    watch: ____,
    strictFaults: _____,
    webhooks,
    ...rest
  } = config
  const listen = { port, host, controlToken, allowHosts, tls }
  return {
    mock: webhooks ? { ...rest, client: { ...rest.client, webhooks } } : rest,
    listen: Object.fromEntries(Object.entries(listen).filter(([, value]) => value !== undefined)),
  }
}
