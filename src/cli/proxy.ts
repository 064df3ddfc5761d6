import { coloursFor } from './colours.ts'
import { stopWhenAsked } from './farewell.ts'
import { type Interception, intercept } from './interception.ts'
import { logTo } from './log.ts'
import { print } from './print.ts'
import { loaderOf, type ServeFlags } from './serve-flags.ts'
import { reportUnfired } from './unfired.ts'
import { type VariableFormat, writeVariables } from './variables.ts'

/** The flags of `proxy`. */
export interface ProxyFlags extends ServeFlags {
  proxyPort: number
  offline?: boolean
  format: VariableFormat
}

/** Plays to whatever program takes the variables, until it is told to stop. */
export async function proxy(flags: ProxyFlags): Promise<void> {
  let played: Interception | undefined
  let isStrict = false
  stopWhenAsked(() => (played && reportUnfired(played.mock) && isStrict ? 1 : 0))
  const { proxyPort, offline = false, format, ...rest } = flags
  const config = await loaderOf(rest)(new Set())
  isStrict = config.strictFaults === true
  played = await intercept(config, { port: config.port ?? 4420, proxyPort, offline, log: !config.quiet })
  const { mock, providers, hosts, url, variables } = played
  if (!config.quiet) logTo(process.stderr, mock, coloursFor(process.stderr))
  if (config.json) {
    print(JSON.stringify({ ready: true, url, proxy: played.proxy, hosts, variables, seed: mock.seed }))
  } else {
    process.stderr.write(`plays ${providers.join(', ')} at ${played.proxy} until Ctrl+C; control API ${url}\n`)
    print(writeVariables(variables, format))
  }
}
