import type { Config } from '../config.ts'
import { findConfig, readConfig } from './config-file.ts'
import type { ServerOptions } from './control.ts'
import { Stop } from './stop.ts'

/** Where `serve` would listen here, and what its control API would want: as environment and configuration say. */
export async function usualPlace(): Promise<ServerOptions> {
  const { port, host, controlToken, tls } = await configHere()
  const { MOCK_OAUTH_PORT, MOCK_OAUTH_TLS } = process.env
  const at =
    host === undefined || /^(0\.0\.0\.0|::)$/.test(host) ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host
  return {
    url: `${isSet(MOCK_OAUTH_TLS) || tls ? 'https' : 'http'}://${at}:${MOCK_OAUTH_PORT || port || 4420}`,
    ...(typeof controlToken === 'string' && { controlToken }),
  }
}

const isSet = (value = '') => !['', '0', 'false'].includes(value)

/** What is wrong with it is for `serve` and `validate` to say. */
async function configHere(): Promise<Config> {
  try {
    const path = process.env.MOCK_OAUTH_CONFIG || findConfig()
    return path === undefined ? {} : (((await readConfig(path, new Set())).data ?? {}) as Config)
  } catch (error) {
    if (error instanceof Stop) return {}
    throw error
  }
}
